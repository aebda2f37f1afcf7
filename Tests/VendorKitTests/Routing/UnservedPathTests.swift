import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// What a vendor is known to have and Understudy does not serve.
struct UnservedPathTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(
            FakeVendor(
                name: "alpha", hosts: ["api.alpha.example"],
                operations: [.saying(.post, "/users"), .saying(.get, "/users/{id}"), .saying(.get, "/users/me")],
                unserved: [
                    UnservedPath("/doors/*"), UnservedPath("/users/{id}/badge", .post), UnservedPath("/users", .delete),
                    UnservedPath("/shared/*"), UnservedPath("/users/*"),
                ], marks: [("x-alpha", .certain)]),
            FakeVendor(
                name: "beta", operations: [.saying(.get, "/notes/list")],
                unserved: [UnservedPath("/shared/one"), UnservedPath("/doors", .post)], marks: [("x-beta", .strong)]))
    }

    /// The vendor's answer, or the house's.
    private func ask(_ method: Method, _ target: String, _ fields: [(String, String)] = []) throws -> String {
        let answer = try house.send(method, target, fields)
        return "\(try #require(house.reports.exchanges.last).vendor ?? "house") \(answer.status)"
    }

    @Test(
        arguments: [
            // By prefix and by host, always.
            (.get, "/alpha/doors", "", "alpha 501"), (.put, "/alpha/doors/a/b", "", "alpha 501"),
            (.get, "/alpha/doorstep", "", "alpha 404"), (.get, "/doors/x", "api.alpha.example", "alpha 501"),
            (.post, "/beta/doors", "", "beta 501"), (.get, "/beta/doors", "", "beta 404"),
            (.post, "/beta/doors/x", "", "beta 404"),
            // With its method where the path has others, and what is served is served.
            (.delete, "/alpha/users", "", "alpha 501"), (.put, "/alpha/users", "", "alpha 405"),
            (.get, "/alpha/users/7", "", "alpha 200"), (.put, "/alpha/users/7", "", "alpha 405"),
            (.post, "/alpha/users/7/badge", "", "alpha 501"), (.get, "/alpha/users/7/badge", "", "alpha 501"),
            (.head, "/alpha/doors", "", "alpha 501"), (.get, "/alpha/nothing", "", "alpha 404"),
            (.options, "/alpha/doors", "", "alpha 204"),
            // By bare path, where only one vendor has it.
            (.get, "/doors/x", "", "alpha 501"), (.post, "/doors", "", "house 404"), (.get, "/doors", "", "alpha 501"),
            (.get, "/shared/two", "", "alpha 501"), (.get, "/shared/one", "", "house 404"),
            (.get, "/users/7/badge", "", "alpha 501"),
        ] as [(Method, String, String, String)])
    func `it is a 501 of the vendor that has it`(
        method: Method, target: String, host: String, expected: String
    ) throws {
        #expect(try ask(method, target, host.isEmpty ? [] : [("Host", host)]) == expected)
    }

    @Test func `where several have it a mark decides, the clearest`() throws {
        #expect(try ask(.get, "/shared/one", [("X-Alpha", "1")]) == "alpha 501")
        #expect(try ask(.get, "/shared/one", [("X-Beta", "1")]) == "beta 501")
        #expect(try ask(.get, "/shared/one", [("X-Alpha", "1"), ("X-Beta", "1")]) == "alpha 501")
        #expect(try ask(.post, "/doors", [("X-Beta", "1")]) == "beta 501")
    }

    @Test func `why names the operations that are most like it, and the answer is the vendor's own`() throws {
        let answer = try house.send(.get, "/alpha/users/7/badge")
        #expect(answer.text == "alpha: has /users/7/badge elsewhere")
        #expect(
            answer["x-understudy-why"]
                == "unserved; evidence=ours; nearest=GET /users/{id}, GET /users/me, POST /users")
        #expect(
            try house.send(.get, "/beta/shared/one")["x-understudy-why"]
                == "unserved; evidence=ours; nearest=GET /notes/list")
    }
}
