import HTTPServer
import TestSupport
import Testing

@testable import VendorKit

/// OPTIONS, and what pages of another origin may do.
@Suite struct CrossOriginTests {
    let house: TestHouse

    init() throws {
        house = try TestHouse(
            FakeVendor(name: "open", operations: [.saying(.get, "/a"), .saying(.post, "/a"), .saying(.put, "/b/{x}")]),
            FakeVendor(
                name: "named", operations: [.saying(.post, "/a"), .note],
                crossOrigin: CrossOrigin(
                    echoesOrigin: true, allowedHeaders: ["x-key", "content-type"], allowedMethods: [.get, .post],
                    exposedHeaders: ["x-request"], optionsStatus: .ok)))
    }

    static let origin = ("Origin", "https://app.example:3000")
    static let wants = ("Access-Control-Request-Method", "POST")

    @Test(arguments: [
        ("/open/a", "GET, HEAD, POST, OPTIONS"), ("/open/b/7", "PUT, OPTIONS"), ("/open/nothing", "OPTIONS"),
    ])
    func `OPTIONS says what a path has, and nothing of CORS to a client that is no page`(
        path: String, allow: String
    ) throws {
        let answer = try house.send(.options, path)
        #expect(answer.status == 204)
        #expect(answer.text.isEmpty)
        #expect(answer["allow"] == allow)
        #expect(!String(decoding: answer.response.fields.bytes, as: UTF8.self).contains("Access-Control"))
    }

    @Test func `a preflight is granted the path's methods and the vendor's header fields`() throws {
        let answer = try house.send(.options, "/open/a", [Self.origin, Self.wants])
        #expect(answer.status == 204)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self) == """
                Allow: GET, HEAD, POST, OPTIONS\r
                Access-Control-Allow-Origin: *\r
                Access-Control-Allow-Methods: GET, HEAD, POST, OPTIONS\r
                Access-Control-Allow-Headers: X-Key\r
                Access-Control-Max-Age: 600\r

                """)
    }

    @Test func `a vendor may name the origin, allow credentials, and answer in its own way`() throws {
        let answer = try house.send(.options, "/named/a", [Self.origin, Self.wants])
        #expect(answer.status == 200)
        #expect(
            String(decoding: answer.response.fields.bytes, as: UTF8.self) == """
                Allow: POST, OPTIONS\r
                Access-Control-Allow-Origin: https://app.example:3000\r
                Access-Control-Allow-Credentials: true\r
                Vary: Origin\r
                Access-Control-Expose-Headers: x-request\r
                Access-Control-Allow-Methods: GET, POST\r
                Access-Control-Allow-Headers: x-key, content-type\r
                Access-Control-Max-Age: 600\r

                """)
    }

    @Test(
        arguments: [
            (.get, "/a", 200), (.put, "/a", 405), (.get, "/nothing", 404), (.post, "/a", 200),
        ] as [(Method, String, Int)])
    func `every answer may be read by a page, refusals too`(method: Method, path: String, status: Int) throws {
        let answer = try house.send(method, "/open" + path, [Self.origin])
        #expect(answer.status == status)
        #expect(answer["access-control-allow-origin"] == "*")
        #expect(answer["access-control-allow-methods"] == nil)
        let plain = try house.send(method, "/open" + path)
        #expect(plain["access-control-allow-origin"] == nil)
    }

    @Test func `an answer that a credential refuses names the origin too`() throws {
        let answer = try house.send(.post, "/named/notes", [Self.origin])
        #expect(answer.status == 401)
        #expect(answer["access-control-allow-origin"] == "https://app.example:3000")
        #expect(answer["access-control-expose-headers"] == "x-request")
        #expect(answer["vary"] == "Origin")
    }
}
