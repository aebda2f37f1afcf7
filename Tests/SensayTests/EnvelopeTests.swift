import HTTPServer
import TestSupport
import Testing
import UserStore

struct EnvelopeTests {
    let client = Client()

    @Test(arguments: [
        "/v1", "/v1/", "/v1/users/", "/v1/user", "/v1//users", "/v1/users/me/", "/v1/users/ada/", "/v1/Users",
        "/v1/nothing", "/sensay", "/sensay/", "/sensay/users", "/sensay/v1/./users", "/v1%2Fusers",
    ])
    func `an unknown path is a 404 without a fingerprint, before any credential`(path: String) throws {
        for method in [Method.get, .post, .put] {
            let answer = try client.send(method, path, nil, secret: nil, [("Host", "api.sensay.io")])
            #expect(answer.status == 404)
            #expect(answer.masked == #"{"success":false,"error":"Not Found",REQUEST}"#)
            #expect(answer["Content-Type"] == "application/json" && answer["X-API-Version"] == "2025-03-25")
        }
    }

    @Test func `a path of Sensay's that is not served is a 501, before any credential`() throws {
        let answer = try client.send(.get, "/v1/replicas", nil, secret: nil)
        #expect(answer.status == 501)
        #expect(answer.masked == #"{"success":false,"error":"Not Implemented",FINGERPRINT,REQUEST}"#)
        #expect(answer["Content-Type"] == "application/json" && answer["X-API-Version"] == "2025-03-25")
    }

    @Test(arguments: [
        ("/v1/users", Method.get, "POST, OPTIONS"), ("/v1/users", .head, "POST, OPTIONS"),
        ("/v1/users", .put, "POST, OPTIONS"), ("/v1/users", .delete, "POST, OPTIONS"),
        ("/v1/users", Method("post"), "POST, OPTIONS"), ("/v1/users", Method("PURGE"), "POST, OPTIONS"),
        ("/v1/users/me", .post, "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/v1/users/me", .patch, "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/sensay/v1/users/me", .trace, "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/v1/users/ada", .put, "GET, HEAD, OPTIONS"), ("/v1/users/ada", .delete, "GET, HEAD, OPTIONS"),
    ])
    func `another method is a 405 with Allow, before any credential`(
        path: String, method: Method, allowed: String
    ) throws {
        let answer = try client.send(method, path, nil, secret: nil)
        #expect(answer.refusal == "405 Method Not Allowed")
        #expect(answer["Allow"] == allowed)
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test func `each refusal has a fingerprint and a request id of its own`() throws {
        let answers = try (0..<3).map { _ in try client.post("{}", secret: nil) }
        for member in ["fingerprint", "request_id"] { #expect(Set(answers.map { $0.at(member) }).count == 3) }
        #expect(answers[0].names() == ["success", "error", "fingerprint", "request_id"])
    }

    @Test func `a failure of the store is a 500 that tells nothing of it, and leaves nothing`() throws {
        var sizes = StoreSizes()
        sizes.page = 1024
        sizes.maximumPages = 64
        let client = Client(try UserStore(at: .memory, sizes: sizes))
        let answer = try client.post(#"{"id":"big","name":"\#(String(repeating: "n", count: 100_000))"}"#)
        #expect(answer.status == 500)
        #expect(
            answer.masked
                == #"{"success":false,"error":"Internal Server Error",FINGERPRINT,REQUEST,"inner_exception":{"name":"InternalServerError","message":"The request could not be completed"}}"#
        )
        #expect(answer["X-API-Version"] == "2025-03-25")
        #expect(client.house.reports.failures.contains { $0.contains("no room left") })
        #expect(client.stored().isEmpty)
        #expect(try client.post(#"{"id":"big"}"#).status == 200)
        #expect(
            try client.put(#"{"id":"big","name":"\#(String(repeating: "n", count: 100_000))"}"#, as: "big").status
                == 500)
        #expect(client.stored() == [#"{"id":"big","linkedAccounts":[]}"#])
    }

    /// Each request has two faults, and the answer tells of the one that is checked first.
    @Test(
        arguments: [
            // Method before credential.
            (Method.get, "/v1/users", nil, nil, "{}", "405"),
            // Credential before header fields.
            (.post, "/v1/users", "wrong", "application/json", "{}", "401"),
            (.put, "/v1/users/me", "sensay_test_secret", "application/json", "{}", "401"),
            // Header fields before size.
            (.post, "/v1/users", "sensay_test_secret", "application/json", "large", "400 X-API-Version"),
        ] as [(Method, String, String?, String?, String, String)])
    func `of two faults the earlier is told`(
        method: Method, path: String, secret: String?, type: String?, text: String, wanted: String
    ) throws {
        let text = text == "large" ? body("{}", padded: 1_048_577) : text
        let answer = try client.send(method, path, text, secret: secret, type: type, [("X-API-Version", "soon")])
        #expect(answer.refusal.hasPrefix(wanted))
    }

    @Test(arguments: [
        ("large", "text/plain", "413 Payload Too Large"),
        ("{", "text/plain", "415 Unsupported Media Type"),
        (#"{"id":"taken","name":1,}"#, "application/json", "400 Malformed JSON"),
        (#"{"id":"taken","name":1}"#, "application/json", "400 name: Expected string"),
        (#"{"id":"taken"}"#, "application/json", "409"),
    ])
    func `size, media type, JSON, fields and clashes are checked in this order`(
        text: String, type: String, wanted: String
    ) throws {
        try client.post(#"{"id":"taken"}"#)
        let text = text == "large" ? body("{", padded: 1_048_577) : text
        #expect(try client.post(text, type: type).refusal.hasPrefix(wanted))
    }

    @Test func `a body is not looked at before its caller is known`() throws {
        #expect(try client.put("{", type: "text/plain").refusal == unauthorized)
        #expect(try client.put(body("{", padded: 1_048_577)).refusal == unauthorized)
    }
}
