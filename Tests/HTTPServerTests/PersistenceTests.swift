import HTTPServer
import Testing

@Suite struct PersistenceTests {
    @Test(
        arguments: [
            ("1.1", [], .kept), ("1.1", ["keep-alive"], .kept), ("1.1", ["close"], .closed),
            ("1.1", ["CLOSE"], .closed),
            ("1.1", ["keep-alive, Close"], .closed), ("1.1", ["Upgrade", "close"], .closed),
            ("1.1", ["a,\tclose ,b"], .closed),
            ("1.1", ["closed"], .kept), ("1.1", ["enclose"], .kept), ("1.1", ["Upgrade, HTTP2-Settings"], .kept),
            ("1.1", [""], .kept),
            ("1.0", [], .closed), ("1.0", ["keep-alive"], .keptAndSaid), ("1.0", ["Keep-Alive"], .keptAndSaid),
            ("1.0", ["keep-alive", "close"], .closed), ("1.0", ["x, keep-alive"], .keptAndSaid), ("1.2", [], .kept),
        ] as [(String, [String], Persistence)])
    func aConnectionStaysOrClosesAsTheClientSays(_ version: String, _ options: [String], _ expected: Persistence) throws
    {
        let lines = options.map { "Connection: \($0)\r\n" }.joined()
        let request = try Request.parse(Array("GET / HTTP/\(version)\r\nHost: a\r\n\(lines)\r\n".utf8))
        #expect(request.persistence == expected)
    }

    @Test func nothingAfterAClosingRequestIsTakenForARequest() {
        #expect(parse(get("Connection: close") + get()).count == 1)
        #expect(parse("GET / HTTP/1.0\r\n\r\n" + get()).count == 1)
    }

    @Test func nothingAfterARefusalIsTakenForARequest() {
        let seen = parse(get() + get("X : a") + get())
        #expect(seen.map(\.status) == [0, 400])
    }

    @Test func anUpgradeOfferDoesNotLoseTheNextRequest() {
        let wire =
            get("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__") + get("X: a")
        let seen = parse(wire)
        #expect(seen.map(\.status) == [0, 0])
        #expect(seen.last.map(\.description)?.contains("[X|a]") == true)
    }

    @Test func aHundredPipelinedRequestsComeOutInOrder() {
        let wire = (0..<100).map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
        let seen = parse(wire)
        #expect(seen.count == 100)
        for (number, one) in seen.enumerated() {
            #expect(one.description.hasPrefix("GET /\(number) ->"))
        }
    }
}
