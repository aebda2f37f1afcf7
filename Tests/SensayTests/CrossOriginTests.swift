import HTTPServer
import TestSupport
import Testing

struct CrossOriginTests {
    let client = Client()

    @Test func `a preflight is answered without a credential`() throws {
        let answer = try client.send(
            .options, "/v1/users/me", nil, secret: nil,
            [
                ("Origin", "https://app.example"), ("Access-Control-Request-Method", "PUT"),
                ("Access-Control-Request-Headers", "x-organization-secret,x-user-id"),
            ])
        #expect(answer.status == 204 && answer.response.body.isEmpty)
        #expect(answer["Allow"] == "GET, HEAD, PUT, DELETE, OPTIONS")
        #expect(answer["Access-Control-Allow-Origin"] == "*")
        #expect(answer["Access-Control-Allow-Methods"] == "GET, HEAD, PUT, DELETE, OPTIONS")
        #expect(
            answer["Access-Control-Allow-Headers"]
                == "X-ORGANIZATION-SECRET, X-USER-ID, X-USER-ID-TYPE, X-API-Version, Content-Type")
        #expect(answer["Access-Control-Max-Age"] == "600")
        #expect(answer["Access-Control-Expose-Headers"] == "X-API-Version")
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test func `OPTIONS without a page says what the path allows, and the version`() throws {
        let answer = try client.send(.options, "/v1/users", nil, secret: nil)
        #expect(answer.status == 204)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self)
                == "Allow: POST, OPTIONS\r\nX-API-Version: 2025-03-25\r\n")
    }

    @Test func `every answer to a page may be read by it, refusals too`() throws {
        let origin = [("Origin", "https://app.example")]
        let answers = [
            try client.post("{}", origin), try client.post("{}", secret: nil, origin), try client.post("[]", origin),
            try client.send(.get, "/sensay/v1/nothing", nil, origin), try client.send(.get, "/v1/users", nil, origin),
        ]
        #expect(answers.map(\.status) == [200, 401, 400, 404, 405])
        for answer in answers {
            #expect(answer["Access-Control-Allow-Origin"] == "*")
            #expect(answer["Access-Control-Expose-Headers"] == "X-API-Version")
        }
        #expect(try client.post("{}")["Access-Control-Allow-Origin"] == nil)
    }
}
