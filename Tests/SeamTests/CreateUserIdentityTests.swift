import HTTPServer
import Seam
import TestSupport
import Testing
import VendorKit

/// What a good request to `/user_identities/create` is answered with.
@Suite struct CreateUserIdentityTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    /// The page's own sample request.
    static let sample = """
        {
          "user_identity_key": "jean_doe",
          "email_address": "jean@example.com",
          "phone_number": "+15555550110",
          "full_name": "Jean Doe"
        }
        """

    @Test func `the page's sample is answered with every field in order`() throws {
        let answer = try seam.create(Self.sample)
        #expect(answer.status == 200)
        #expect(
            answer.text == """
                {"user_identity":{"user_identity_id":"011eab3d-d166-482f-a349-467ec033b541",\
                "user_identity_key":"jean_doe","email_address":"jean@example.com","phone_number":"+15555550110",\
                "display_name":"Jean Doe","full_name":"Jean Doe","created_at":"2026-01-02T03:04:05.678Z",\
                "workspace_id":"3ca5054c-b104-4047-888f-fda3b1289406","merged_user_identity_ids":[],\
                "merged_user_identity_keys":[],"errors":[],"warnings":[],"acs_user_ids":[]},"ok":true}
                """)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self) == """
                Content-Type: application/json; charset=utf-8\r
                seam-request-id: \(answer["seam-request-id"] ?? "none")\r

                """)
    }

    @Test func `an empty object makes a user identity whose fields are null`() throws {
        let answer = try seam.create("{}")
        #expect(
            answer.text == """
                {"user_identity":{"user_identity_id":"011eab3d-d166-482f-a349-467ec033b541",\
                "user_identity_key":null,"email_address":null,"phone_number":null,\
                "display_name":"User 011eab3d-d166-482f-a349-467ec033b541","full_name":null,\
                "created_at":"2026-01-02T03:04:05.678Z","workspace_id":"3ca5054c-b104-4047-888f-fda3b1289406",\
                "merged_user_identity_ids":[],"merged_user_identity_keys":[],"errors":[],"warnings":[],\
                "acs_user_ids":[]},"ok":true}
                """)
        #expect(try seam.create("{}").at("user_identity.user_identity_id") == "3ba74a22-ebc1-4836-bc90-f81225e8c2a6")
    }

    @Test(arguments: [nil, ""])
    func `no body at all is an empty object, and needs no Content-Type`(body: String?) throws {
        for fields in [[], [SeamHouse.json], [("Content-Type", "text/plain")]] {
            let answer = try seam.create(body, fields: fields)
            #expect(answer.status == 200)
            #expect(answer.at("user_identity.user_identity_key") == "null")
        }
    }

    @Test func `null is the same as a field left out`() throws {
        let names = ["user_identity_key", "email_address", "phone_number", "full_name"]
        let answer = try seam.create("{" + names.map { "\"\($0)\":null" }.joined(separator: ",") + "}")
        #expect(answer.status == 200)
        for name in names { #expect(answer.at("user_identity.\(name)") == "null") }
        // Two of them never clash: null is no value.
        #expect(try seam.create("{}").status == 200)
    }

    @Test(arguments: [
        (#"{"user_identity_key":"k","email_address":"e@x.y","phone_number":"+15555550100","full_name":"N"}"#, "N"),
        (#"{"user_identity_key":"k","email_address":"e@x.y","phone_number":"+15555550100"}"#, "e@x.y"),
        (#"{"user_identity_key":"k","email_address":"e@x.y","full_name":null}"#, "e@x.y"),
        (#"{"user_identity_key":"k","phone_number":"+15555550100"}"#, "k"),
        (#"{"phone_number":"+15555550100"}"#, "+15555550100"),
        (#"{"full_name":" "}"#, " "),
    ])
    func `the display name is the full name, else email, key or phone`(body: String, expected: String) throws {
        #expect(try seam.create(body).at("user_identity.display_name") == expected)
    }

    @Test func `every user identity has an id of its own, and the same in every new store`() throws {
        let ids = try (0..<100).map { _ in try #require(try seam.create("{}").at("user_identity.user_identity_id")) }
        #expect(Set(ids).count == 100)
        #expect(ids.allSatisfy { UUIDText.isValid($0) && $0 == $0.lowercased() })
        let again = try SeamHouse()
        #expect(try (0..<100).map { _ in try again.create("{}").at("user_identity.user_identity_id") } == ids)
    }

    @Test func `created_at is the clock's`() throws {
        seam.house.clock.freeze(at: 1_704_951_470_264)
        #expect(try seam.create("{}").at("user_identity.created_at") == "2024-01-11T05:37:50.264Z")
        seam.house.clock.advance(by: 1)
        #expect(try seam.create("{}").at("user_identity.created_at") == "2024-01-11T05:37:50.265Z")
    }

    @Test func `every answer has a request id of its own`() throws {
        let answers = [
            try seam.create("{}"), try seam.create("{"), try seam.create("{}", token: "x"),
            try seam.house.send(.get, SeamHouse.path), try seam.house.send(.get, "/seam/nothing"),
            try seam.create("{}"),
        ]
        let ids = answers.compactMap { $0["seam-request-id"] }
        #expect(Set(ids).count == answers.count)
        #expect(ids.allSatisfy { UUIDText.isValid($0) })
        #expect(answers[0].at("user_identity.request_id") == nil)
    }

    @Test func `members that the schema does not know are ignored, and the query is merged in`() throws {
        let body =
            #"{"user_identity_id":"x","ok":false,"created_at":1,"customer_key":[],"":{},"Full_name":7,"full_name":"N"}"#
        let answer = try seam.house.send(
            .post, SeamHouse.path + "?user_identity_key=7&full_name=no&_strict=true", [SeamHouse.key, SeamHouse.json],
            body: body)
        #expect(answer.status == 200)
        #expect(answer.at("user_identity.full_name") == "N")
        #expect(answer.at("user_identity.user_identity_key") == "7")
        #expect(answer.at("user_identity.created_at") == "2026-01-02T03:04:05.678Z")
        #expect(answer.names().count == 2 && answer.names(at: "user_identity").count == 13)
    }

    @Test(arguments: ["[]", #"["123e4567-e89b-12d3-a456-426614174000"]"#, #"["123E4567-E89B-12D3-A456-426614174000"]"#])
    func `acs_system_ids are checked and nothing comes of them`(list: String) throws {
        let answer = try seam.create("acs_system_ids", list)
        #expect(answer.status == 200)
        #expect(answer.at("user_identity.acs_user_ids") == "[]")
    }

    @Test(arguments: ["/user_identities/create", "/seam/user_identities/create"])
    func `it is served under the prefix, by host and on the bare path`(path: String) throws {
        for host in ["localhost:8080", "seam.localhost", "connect.getseam.com"] {
            let answer = try seam.house.send(
                .post, path, [("Host", host), SeamHouse.key, SeamHouse.json], body: "{}")
            #expect(answer.status == 200)
        }
    }

    @Test func `the header of Seam's own clients is welcome`() throws {
        let answer = try seam.house.send(
            .post, SeamHouse.path,
            [
                ("authorization", "Bearer seam_test_key"), ("accept", "*/*"), ("accept-encoding", "gzip, deflate"),
                ("seam-sdk-name", "seamapi/python"), ("seam-sdk-version", "3.18.0"), ("seam-lts-version", "1.0.0"),
                ("content-type", "application/json;charset=utf-8"),
            ],
            body:
                #"{"email_address":"a@b.co","full_name":"Jané","phone_number":"+15555550100","user_identity_key":"k"}"#)
        #expect(answer.status == 200)
        #expect(answer.at("user_identity.full_name") == "Jané")
    }
}
