import Connect
import HTTPServer
import TestSupport
import Testing
import VendorKit

struct EnvelopeTests {
    let client = Client()

    @Test(arguments: ["/users/", "/users/1/x", "//users", "/Users", "/customer", "/", "", "/./users", "%2Fusers"])
    func `an unknown path is a 404, before any credential`(path: String) throws {
        for method in [Method.get, .post, .delete] {
            let answer = try client.house.send(method, "/connect" + path)
            guard path != "%2Fusers" else {
                // An escaped slash is none: this is no prefix of ours.
                #expect(answer.status == 404 && answer.at("vendors") != nil)
                continue
            }
            #expect(answer.whole == #"404 {"message":"The requested resource does not exist","code":"NOT_FOUND"}"#)
            #expect(answer["Content-Type"] == "application/json")
        }
    }

    @Test(arguments: [Method.put, .patch, .delete, .trace, Method("post"), Method("PURGE")])
    func `another method is a 405 with Allow, before any credential`(method: Method) throws {
        let answer = try client.house.send(method, "/connect/users")
        #expect(answer.whole == #"405 {"message":"Method not allowed","code":"METHOD_NOT_ALLOWED"}"#)
        #expect(answer["Allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(answer["Content-Type"] == "application/json")
    }

    /// What cannot be provoked from outside has its words all the same.
    @Test(arguments: [
        (
            Problem.Kind.idempotencyKeyLocked(request: 1),
            #"409 {"message":"A request with the same idempotency key is being processed","code":"idempotency_key_locked","hint":"Retry the identical request after 100-500 ms"}"#
        ),
        (.forbidden, #"403 {"message":"The API key may not perform this operation","code":"FORBIDDEN"}"#),
        (.internal("secret"), #"500 {"message":"An unexpected error occurred","code":"INTERNAL_ERROR"}"#),
    ])
    func `a refusal has its words`(kind: Problem.Kind, wanted: String) throws {
        let call = Call(try client.request("{}"), path: "/users", number: 1, now: 0, bodyLimit: 1)
        #expect(TestAnswer(Connect().render(Problem(kind, by: KitRules.store), of: call)).whole == wanted)
    }

    /// Each request has two faults or more, and the answer tells of the one that is checked first.
    @Test(arguments: [
        // Credential, form of the idempotency key, size, media type, look-up of the key, JSON, fields.
        ("wrong", "", "large", "text/plain", "401"),
        ("connect_test_key", "", "large", "text/plain", "400 idempotency key"),
        ("connect_test_key", "used", "large", "text/plain", "413"),
        ("connect_test_key", "used", "{", "text/plain", "415"),
        ("connect_test_key", "used", "{", "application/json", "409"),
        ("connect_test_key", "free", #"{"name":1,}"#, "application/json", "400 JSON"),
        ("connect_test_key", "free", #"{"name":1}"#, "application/json", "400 fields"),
    ])
    func `of two faults the earlier is told`(
        key: String, idempotencyKey: String, text: String, type: String, wanted: String
    ) throws {
        try client.post(#"{"name":"J"}"#, under: "used")
        let text = text == "large" ? body("{", padded: 1_048_577) : text
        let answer = try client.post(text, under: idempotencyKey, key: key, type: type, at: "/connect/users")
        let told =
            switch (answer.status, answer.at("code"), answer.at("details.0.property")) {
            case (400, "VALIDATION_ERROR", "X-Idempotency-Key"): "400 idempotency key"
            case (400, "VALIDATION_ERROR", _): "400 fields"
            case (400, "INVALID_JSON", nil): "400 JSON"
            default: "\(answer.status)"
            }
        #expect(told == wanted)
        #expect(client.stored().count == 1 && client.keys() == ["used"])
    }

    @Test func `a preflight is answered without a credential`() throws {
        let answer = try client.house.send(
            .options, "/connect/users",
            [
                ("Origin", "https://app.example"), ("Access-Control-Request-Method", "POST"),
                ("Access-Control-Request-Headers", "x-api-key"),
            ])
        #expect(answer.status == 204 && answer.response.body.isEmpty)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self)
                == "Allow: GET, HEAD, POST, OPTIONS\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: GET, HEAD, POST, OPTIONS\r\nAccess-Control-Allow-Headers: X-API-Key, X-Idempotency-Key, Content-Type, Authorization\r\nAccess-Control-Max-Age: 600\r\n"
        )
        #expect(
            try client.house.send(.options, "/connect/users").response.fields.bytes
                == Array("Allow: GET, HEAD, POST, OPTIONS\r\n".utf8))
    }

    @Test func `every answer to a page may be read by it, refusals and replays too`() throws {
        let origin = [("Origin", "https://app.example")]
        let first = try client.post(#"{"name":"J"}"#, under: "k")
        #expect(first["Access-Control-Allow-Origin"] == nil)
        let answers = [
            try client.post(#"{"name":"J"}"#, under: "k", origin), try client.post("{}", origin),
            try client.post("{}", key: "x", origin), try client.house.send(.put, "/connect/users", origin),
        ]
        #expect(answers.map(\.status) == [201, 400, 401, 405])
        #expect(answers.allSatisfy { $0["Access-Control-Allow-Origin"] == "*" })
        #expect(answers[0].response.body == first.response.body)
    }
}
