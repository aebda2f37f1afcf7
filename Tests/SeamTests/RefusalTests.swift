import HTTPServer
import Seam
import TestSupport
import Testing
import UserStore
import VendorKit

/// Refusals that are not about fields: route, method, media type, JSON, length; and which of several wins.
@Suite struct RefusalTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    @Test func `an error's members are type, message and request id, and ok is false`() throws {
        let answer = try seam.create("{}", token: "x")
        let id = try #require(answer["seam-request-id"])
        #expect(
            answer.text == """
                {"error":{"type":"unauthorized","message":"API Key not found","request_id":"\(id)"},"ok":false}
                """)
        let invalid = try seam.create("full_name", "1")
        #expect(
            invalid.text == """
                {"error":{"type":"invalid_input","message":"Expected string, received number for \\"full_name\\"",\
                "validation_errors":{"_errors":[],"full_name":{"_errors":["Expected string, received number"]}},\
                "request_id":"\(try #require(invalid["seam-request-id"]))"},"ok":false}
                """)
    }

    @Test(arguments: [
        "/user_identities", "/user_identities/", "/user_identities/create/", "/user_identities/Create",
        "/user_identities/gets", "/user_identities//create", "/user_identities/../seam",
    ])
    func `an unknown path is not found`(path: String) throws {
        try seam.house.send(.post, path, body: "{}").expectError(404, "not_found", "Nothing is served at \(path)")
        try seam.house.send(.post, "/seam" + path).expectError(404, "not_found", "Nothing is served at \(path)")
    }

    @Test(arguments: [.get, .head, .put, .patch, .delete, .trace, Method("post")])
    func `another method is not allowed`(method: Method) throws {
        let answer = try seam.house.send(method, SeamHouse.path, [SeamHouse.key])
        answer.expectError(405, "method_not_allowed", "only POST accepted")
        #expect(answer["allow"] == "POST, OPTIONS")
    }

    @Test(arguments: [
        [], ["text/plain"], ["application/x-www-form-urlencoded"], ["text/json"], ["application/jsonx"], [""],
        ["application/vnd.api+json"],
    ])
    func `a body of another media type is a bad request, not 415`(types: [String]) throws {
        try seam.create("{}", fields: types.map { ("Content-Type", $0) }).expectError(
            400, "invalid_content_type", #"POST requests must have Content-Type header with "application/json""#)
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json;charset=utf-8", "application/json ; a=b",
    ])
    func `application/json is welcome in any case and with any parameters`(type: String) throws {
        #expect(try seam.create("{}", fields: [("Content-Type", type)]).status == 200)
    }

    @Test func `a compressed body is refused in words of its own`() throws {
        try seam.create("{}", fields: [SeamHouse.json, ("Content-Encoding", "gzip")]).expectError(
            400, "invalid_content_type", "Content-Encoding is not supported: send the body as it is")
        #expect(try seam.create("{}", fields: [SeamHouse.json, ("Content-Encoding", "identity")]).status == 200)
    }

    static let malformed: [[UInt8]] =
        [
            "{", "}", "{]", " ", "\n", "{}x", "{}{}", "{'a':1}", "{a:1}", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#, "[1,]",
            #"{"a":01}"#, #"{"a":+1}"#, #"{"a":.5}"#, #"{"a":NaN}"#, #"{"a":tru}"#, "undefined", #"{"a":"\x"}"#,
            #"{"a":"\ud800"}"#, #"{"a":"\udc00\ud800"}"#, #"{"a":1,"a":1}"#, #"{"full_name":"x","full_name":"y"}"#,
            "{\"a\":\"\n\"}", "\u{FEFF}{}", "// x\n{}",
            String(repeating: "[", count: 65) + String(repeating: "]", count: 65),
        ].map { Array($0.utf8) }
        + [
            [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], [0x7B, 0x00, 0x7D, 0x00],
            [0x7B, 0x7D, 0x00], [0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x3A, 0x31, 0x7D],
            [0x7B, 0x22, 0xC0, 0xAF, 0x22, 0x3A, 0x31, 0x7D],
        ]

    @Test(arguments: malformed)
    func `a body that is no JSON is a bad request in Seam's envelope`(body: [UInt8]) throws {
        let request = try Request.make(.post, SeamHouse.path, fields: [SeamHouse.key, SeamHouse.json], body: body)
        let answer = seam.house.send([request])[0]
        let message = try #require(answer.at("error.message"))
        #expect(message.hasPrefix("Invalid JSON: "))
        answer.expectError(400, "invalid_json", message)
    }

    @Test func `a body has at most one mebibyte`() throws {
        let start = #"{"full_name":""#
        let fits = start + String(repeating: "x", count: 1_048_576 - start.utf8.count - 2) + "\"}"
        let answer = try seam.create(fits)
        #expect(answer.status == 200)
        #expect(answer.at("user_identity.full_name")?.utf8.count == 1_048_576 - start.utf8.count - 2)
        try seam.create(fits + " ").expectError(413, "payload_too_large", "Body exceeded 1mb limit")
    }

    // MARK: - Order

    /// A request with one fault, by what the fault is answered with.
    struct Fault: Sendable, CustomTestStringConvertible {
        let type: String
        var path: String?
        var method: Method?
        var token: String?
        var media: String?
        var body: String?

        var testDescription: String { type }
    }

    /// First to last: a request with several faults is answered for the first of them.
    static let faults: [Fault] = [
        Fault(type: "not_found", path: "/user_identities/nothing"),
        Fault(type: "method_not_allowed", method: .put),
        Fault(type: "unauthorized", token: "seam_wrong"),
        Fault(type: "payload_too_large", body: String(repeating: "{", count: 1_048_577)),
        Fault(type: "invalid_content_type", media: "text/plain"),
        Fault(type: "invalid_json", body: "{"),
        Fault(type: "invalid_input", body: #"{"email_address":"taken@x.y","full_name":7}"#),
        Fault(type: "user_identity_email_or_phone_conflict", body: #"{"email_address":"taken@x.y"}"#),
    ]

    static let pairs = faults.indices.flatMap { first in faults[first...].map { (faults[first], $0) } }

    @Test(arguments: pairs)
    func `of two faults the earlier check is answered`(first: Fault, second: Fault) throws {
        try seam.create("email_address", #""taken@x.y""#)
        let key = ("Authorization", "Bearer \(first.token ?? second.token ?? "seam_test_key")")
        let media = ("Content-Type", first.media ?? second.media ?? "application/json")
        let answer = try seam.house.send(
            first.method ?? second.method ?? .post, first.path ?? second.path ?? SeamHouse.path, [key, media],
            body: first.body ?? second.body ?? "{}")
        #expect(answer.at("error.type") == first.type)
    }

    // MARK: - The store

    @Test func `when the store has no room the answer is Seam's 500, and says nothing of ours`() throws {
        var sizes = StoreSizes()
        sizes.maximumPages = 40
        let house = try TestHouse(Seam(), store: UserStore(at: .memory, sizes: sizes))
        let fields = [SeamHouse.key, SeamHouse.json]
        let big = #"{"full_name":"\#(String(repeating: "x", count: 200_000))"}"#
        let answer = try house.send(.post, SeamHouse.path, fields, body: big)
        answer.expectError(500, "internal_server_error", "Internal Server Error")
        #expect(try house.send(.post, SeamHouse.path, fields, body: "{}").status == 200)
        #expect(!house.reports.failures.isEmpty)
    }

    // MARK: - Pages of another origin

    @Test func `a preflight is answered without a credential, as Seam's own fake does`() throws {
        for path in [SeamHouse.path, "/seam/user_identities/create", "/user_identities/nothing"] {
            let answer = try seam.house.send(
                .options, path,
                [
                    ("Origin", "http://localhost:3000"), ("Access-Control-Request-Method", "POST"),
                    ("Access-Control-Request-Headers", "authorization,client-session-token,content-type"),
                ])
            #expect(answer.status == 200)
            #expect(answer.text.isEmpty)
            #expect(answer["access-control-allow-origin"] == "http://localhost:3000")
            #expect(answer["access-control-allow-credentials"] == "true")
            #expect(answer["access-control-allow-methods"] == "GET, POST, PUT, PATCH, DELETE, OPTIONS")
            let headers = answer["access-control-allow-headers"]?.split(separator: ", ").map(String.init) ?? []
            for name in [
                "authorization", "content-type", "seam-workspace", "seam-sdk-name", "seam-sdk-version",
                "seam-lts-version", "seam-client-session-token", "client-session-token", "seam-publishable-key",
            ] {
                #expect(headers.contains(name))
            }
        }
    }

    @Test(arguments: [("seam_test_key", "{}", 200), ("x", "{}", 401), ("seam_test_key", "{", 400)])
    func `a page may read every answer and its request id`(token: String, body: String, status: Int) throws {
        let origin = ("Origin", "https://app.example")
        let answer = try seam.create(body, token: token, fields: [SeamHouse.json, origin])
        #expect(answer.status == status)
        #expect(answer["access-control-allow-origin"] == "https://app.example")
        #expect(answer["access-control-allow-credentials"] == "true")
        #expect(answer["access-control-expose-headers"] == "seam-request-id")
        #expect(answer["vary"] == "Origin")
    }
}
