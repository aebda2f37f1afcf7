import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// Which vendor a request is for: prefix, then host, then bare path and header.
@Suite struct RouterTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(
            FakeVendor(
                name: "sensay", hosts: ["api.sensay.io"],
                operations: [
                    .saying(.post, "/v1/users"), .saying(.put, "/v1/users/me"), .saying(.get, "/v1/users/{id}"),
                    .saying(.delete, "/v1/users/{id}"),
                ]),
            FakeVendor(
                name: "connect", operations: [.saying(.post, "/users")],
                marks: [("x-api-key", .certain), ("x-idempotency-key", .strong)]),
            FakeVendor(
                name: "seam", hosts: ["connect.getseam.com"], operations: [.saying(.post, "/user_identities/create")]),
            FakeVendor(
                name: "pulse", operations: [.saying(.post, "/users")],
                marks: [("x-account-id", .certain), ("authorization", .weak)]))
    }

    /// A request with who must get it: `vendor status` or, where one answers, what it says of itself.
    typealias Row = (method: Method, target: String, host: String, answer: String)

    private func answer(_ method: Method, _ target: String, _ fields: [(String, String)]) throws -> String {
        let answer = try house.send(method, target, fields)
        let vendor = try #require(house.reports.exchanges.last).vendor ?? "house"
        return answer.status == 200 ? "\(vendor) \(answer.text)" : "\(vendor) \(answer.status)"
    }

    @Test(
        arguments: [
            (.post, "/sensay/v1/users", "sensay POST /v1/users /v1/users"),
            (.put, "/sensay/v1/users/me", "sensay PUT /v1/users/me /v1/users/me"),
            (.post, "/connect/users", "connect POST /users /users"),
            (.post, "/seam/user_identities/create", "seam POST /user_identities/create /user_identities/create"),
            (.post, "/pulse/users", "pulse POST /users /users"),
            (.post, "/pulse/users?x=/connect/users", "pulse POST /users /users"),
            (.post, "/pulse/users?", "pulse POST /users /users"),
            (.post, "/connect/users/", "connect 404"),
            (.post, "/connect/Users", "connect 404"),
            (.post, "/Connect/users", "house 404"),
            (.post, "/connectusers", "house 404"),
            (.get, "/seam", "seam 404"),
            (.get, "/seam/", "seam 404"),
            (.get, "/seam?a=b", "seam 404"),
            (.get, "/seamless/user_identities/create", "house 404"),
        ] as [(Method, String, String)])
    func `the first segment names the vendor`(method: Method, target: String, expected: String) throws {
        #expect(try answer(method, target, []) == expected)
    }

    @Test(arguments: [
        ("sensay.localhost", "/v1/users", "sensay POST /v1/users /v1/users"),
        ("sensay.localhost:8080", "/v1/users", "sensay POST /v1/users /v1/users"),
        ("SENSAY.LocalHost", "/v1/users", "sensay POST /v1/users /v1/users"),
        ("api.sensay.io", "/v1/users", "sensay POST /v1/users /v1/users"),
        ("connect.localhost", "/users", "connect POST /users /users"),
        ("pulse.localhost", "/users", "pulse POST /users /users"),
        ("connect.getseam.com", "/user_identities/create", "seam POST /user_identities/create /user_identities/create"),
        ("seam.localhost", "/users", "seam 404"),
        ("seam.localhost", "/healthz", "seam 404"),
        ("seam.localhost", "/pulse/users", "pulse POST /users /users"),
        ("connect.localhost", "/v1/users", "connect 404"),
        ("connect.example", "/v1/users", "sensay POST /v1/users /v1/users"),
        ("x.seam.localhost", "/nothing", "house 404"),
        ("127.0.0.1:8080", "/nothing", "house 404"),
        ("[::1]:8080", "/v1/users", "sensay POST /v1/users /v1/users"),
    ])
    func `without a prefix the host names the vendor`(host: String, target: String, expected: String) throws {
        #expect(try answer(.post, target, [("Host", host)]) == expected)
    }

    @Test(
        arguments: [
            (.post, "http://seam.localhost/user_identities/create", "seam POST"),
            (.post, "http://localhost/v1/users", "sensay POST"),
        ] as [(Method, String, String)])
    func `an absolute target's authority is the host`(method: Method, target: String, expected: String) throws {
        #expect(try answer(method, target, [("Host", "pulse.localhost")]).hasPrefix(expected))
    }

    @Test(
        arguments: [
            (.post, "/v1/users", "sensay POST /v1/users /v1/users"),
            (.put, "/v1/users/me", "sensay PUT /v1/users/me /v1/users/me"),
            (.get, "/v1/users/7", "sensay GET /v1/users/{id} /v1/users/7 7"),
            (.get, "/v1/users/7/chats", "sensay 404"),
            (.get, "/v1/users/", "sensay 404"),
            (.get, "/v1/users//", "sensay 404"),
            (.get, "/v1", "house 404"),
            (.get, "/v1/", "house 404"),
            (.get, "/v1/usersx", "house 404"),
            (.get, "/v1/replicas", "house 404"),
            (.get, "/v2/users", "house 404"),
            (.post, "/user_identities/create", "seam POST /user_identities/create /user_identities/create"),
            (.post, "/user_identities", "seam 404"),
            (.post, "/user_identities/nothing", "seam 404"),
            (.post, "/user_identitiesx/create", "house 404"),
            (.get, "/", "house 404"),
            (.get, "//", "house 404"),
            (.get, "/x", "house 404"),
        ] as [(Method, String, String)])
    func `a bare path belongs to the one vendor that serves its root`(
        method: Method, target: String, expected: String
    ) throws {
        #expect(try answer(method, target, []) == expected)
    }

    @Test(arguments: [
        (["X-API-Key"], "connect POST /users /users"),
        (["X-Idempotency-Key"], "connect POST /users /users"),
        (["X-API-Key", "X-Idempotency-Key"], "connect POST /users /users"),
        (["X-API-Key", "Authorization"], "connect POST /users /users"),
        (["X-Idempotency-Key", "Authorization"], "connect POST /users /users"),
        (["x-account-id"], "pulse POST /users /users"),
        (["x-account-id", "Authorization"], "pulse POST /users /users"),
        (["Authorization"], "pulse POST /users /users"),
        (["x-account-id", "X-Idempotency-Key"], "pulse POST /users /users"),
        (["x-account-id", "X-Idempotency-Key", "Authorization"], "pulse POST /users /users"),
        (["x-account-id", "X-API-Key"], "house 400"),
        (["x-account-id", "X-API-Key", "Authorization"], "house 400"),
        (["x-account-id", "X-API-Key", "X-Idempotency-Key"], "house 400"),
        ([], "house 401"),
        (["X-Something"], "house 401"),
    ])
    func `the header decides whose the bare users are`(names: [String], expected: String) throws {
        #expect(try answer(.post, "/users", names.map { ($0, "k") }) == expected)
        #expect(try answer(.post, "/users", names.map { ($0.uppercased(), "") }) == expected)
    }

    @Test(arguments: [
        ("/seam/../pulse/users", "seam 404"),
        ("/seam/%2e%2E/pulse/users", "seam 404"),
        ("/seam/..%2Fpulse/users", "seam 404"),
        ("/seam/.//user_identities/create", "seam 404"),
        ("/seam//user_identities/create", "seam 404"),
        ("/seam/user_identities//create", "seam 404"),
        ("/seam/./user_identities/create", "seam 404"),
        ("/../seam/user_identities/create", "house 404"),
        ("/./seam/user_identities/create", "house 404"),
        ("//seam/user_identities/create", "house 404"),
        ("//v1/users", "house 404"),
        ("/seam%2Fuser_identities/create", "house 404"),
        ("/seam%5C../pulse/users", "house 404"),
        ("/seam;x=1/user_identities/create", "house 404"),
        ("/x/../v1/users", "house 404"),
    ])
    func `dot segments, double slashes and escaped slashes never cross a prefix`(
        target: String, expected: String
    ) throws {
        #expect(try answer(.post, target, []) == expected)
    }

    @Test(arguments: [
        ("/%73eam/user_identities/create", "seam POST"),
        ("/seam/user%5Fidentities/%63reate", "seam POST"),
        ("/seam/user%5fidentities/create", "seam POST"),
        ("/v1/%75sers", "sensay POST"),
        ("/%76%31/users", "sensay POST"),
    ])
    func `a path may be spelt with percent escapes`(target: String, expected: String) throws {
        #expect(try answer(.post, target, []).hasPrefix(expected))
    }

    @Test(arguments: [
        ("/v1/users/a%20b", "a b"), ("/v1/users/a%2Fb", "a/b"), ("/v1/users/a+b", "a+b"), ("/v1/users/%41", "A"),
        ("/v1/users/%C3%A9", "é"), ("/v1/users/e%CC%81", "e\u{301}"), ("/v1/users/%252F", "%2F"),
        ("/v1/users/..", ".."), ("/v1/users/a:b@c.d", "a:b@c.d"), ("/v1/users/%00", "\0"),
    ])
    func `a parameter is decoded once`(target: String, value: String) throws {
        let text = try house.send(.get, target).text
        #expect(text.utf8.elementsEqual("GET /v1/users/{id} \(house.lastPath) \(value)".utf8))
    }

    @Test(arguments: ["/v1/users/%FF", "/v1/users/%C3", "/v1/users/%ED%A0%80"])
    func `a parameter that is no UTF-8 is found nowhere`(target: String) throws {
        #expect(try house.send(.get, target).status == 404)
    }

    @Test func `a literal path wins over a parameter, also for other methods`() throws {
        let answer = try house.send(.get, "/v1/users/me")
        #expect(answer.status == 405)
        #expect(answer["allow"] == "PUT, OPTIONS")
    }

    @Test(
        arguments: [
            (.get, "/v1/users", "POST, OPTIONS"), (.put, "/v1/users", "POST, OPTIONS"),
            (.head, "/v1/users", "POST, OPTIONS"), (.trace, "/v1/users", "POST, OPTIONS"),
            (Method("post"), "/v1/users", "POST, OPTIONS"),
            (Method("BREW"), "/seam/user_identities/create", "POST, OPTIONS"),
            (.post, "/v1/users/7", "GET, HEAD, DELETE, OPTIONS"),
        ] as [(Method, String, String)])
    func `another method is 405 with what is allowed`(method: Method, target: String, allow: String) throws {
        let answer = try house.send(method, target)
        #expect(answer.status == 405)
        #expect(answer["allow"] == allow)
    }

    @Test func `HEAD is answered wherever GET is`() throws {
        #expect(try answer(.head, "/v1/users/7", []) == "sensay GET /v1/users/{id} /v1/users/7 7")
    }

    @Test(arguments: [
        ("/users", "users"), ("/users/7/x", "users"), ("/", ""), ("/v1", "v1/"), ("/v1/users", "v1/users"),
        ("/v12/users/me", "v12/users"), ("/v/users", "v"), ("/v1x/users", "v1x"), ("/va/users", "va"),
        ("//v1/users", ""),
    ])
    func `a bare path's root is its first segment, behind a version if there is one`(path: String, root: String) {
        #expect(Router.root(of: path) == root)
    }
}

extension TestHouse {
    /// The path of the last request, as the vendor saw it.
    fileprivate var lastPath: String { reports.exchanges.last?.request.target.path ?? "" }
}
