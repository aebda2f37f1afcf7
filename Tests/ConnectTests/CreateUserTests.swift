import HTTPServer
import TestSupport
import Testing
import VendorKit

struct CreateUserTests {
    let client = Client()

    @Test func `a full user comes back byte for byte in the order of the page, whatever the order sent`() throws {
        let answer = try client.post(
            #"""
            { "metadata": {"b": 1, "a": [true, null]}, "identity": "19900101-1234", "msisdn": "+15551234567",
              "email": "john.doe@example.com", "name": "John Doe" }
            """#)
        let id = try #require(answer.at("userId"))
        #expect(answer.status == 201)
        #expect(
            answer.text
                == #"{"userId":"\#(id)","name":"John Doe","email":"john.doe@example.com","msisdn":"+15551234567","identity":"19900101-1234","customerIds":[],"customers":[],"createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05.678Z","metadata":{"b":1,"a":[true,null]}}"#
        )
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self)
                == "Content-Type: application/json\r\nLocation: /users/\(id)\r\n")
    }

    @Test func `what is unset is left out, but for the lists and the metadata`() throws {
        let answer = try client.post(#"{"name":"J"}"#)
        #expect(
            answer.names() == ["userId", "name", "customerIds", "customers", "createdAt", "updatedAt", "metadata"])
        #expect(answer.own == #"{"name":"J","metadata":{}}"#)
    }

    @Test func `ids are UUIDs of version 4, the same on every run and others in every sandbox`() throws {
        let answers = [
            try client.post(#"{"name":"J"}"#), try client.post(#"{"name":"J"}"#),
            try client.post(#"{"name":"J"}"#, key: "connect_test_key.other"),
        ]
        let ids = answers.compactMap { $0.at("userId") }
        #expect(Set(ids).count == 3)
        #expect(ids.allSatisfy { UUIDText.isValid($0) && $0 == $0.lowercased() && Array($0)[14] == "4" })
        #expect(try Client().post(#"{"name":"J"}"#).at("userId") == ids[0])
    }

    @Test func `nothing about a user is unique`() throws {
        let body = #"{"name":"J","email":"j@b.de","msisdn":"+15551234567","identity":"1"}"#
        for _ in 0..<3 { #expect(try client.post(body).status == 201) }
        #expect(client.stored() == [body, body, body])
    }

    @Test func `time is the clock's`() throws {
        client.house.clock.freeze(at: 0)
        #expect(try client.post(#"{"name":"J"}"#).at("createdAt") == "1970-01-01T00:00:00.000Z")
        client.house.clock.advance(by: 86_399_999)
        #expect(try client.post(#"{"name":"J"}"#).at("updatedAt") == "1970-01-01T23:59:59.999Z")
    }

    @Test func `a bearer token that comes with the key changes nothing`() throws {
        #expect(try client.post(#"{"name":"J"}"#, [("Authorization", "Bearer ey.j.wt")]).status == 201)
    }

    @Test(arguments: ["/users", "/connect/users", "/u%73ers", "/users?dry=1", "http://connect.localhost:1/users"])
    func `the operation is reached by`(target: String) throws {
        #expect(try client.post(#"{"name":"J"}"#, at: target).status == 201)
    }

    @Test func `the operation is reached at the host`() throws {
        #expect(try client.post(#"{"name":"J"}"#, [("Host", "connect.localhost")]).status == 201)
    }
}
