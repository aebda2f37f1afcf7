import HTTPServer
import Testing

/// Answers that are held back or spoilt on purpose, as a client meets them.
@Suite(.timeLimit(.minutes(10))) struct DeliveryTests {
    /// Delivers what the path asks for: `/truncated`, `/dropped/50`.
    private struct Spoiler: RequestHandler {
        func respond(to requests: [Request]) -> [Response] {
            requests.map { request in
                let parts = request.target.path.split(separator: "/")
                var response = Response(.ok, body: Array("the answer to \(request.target.path)".utf8))
                response.delivery.delay = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
                switch parts.first {
                case "dropped": response.delivery.manner = .dropped
                case "reset": response.delivery.manner = .reset
                case "truncated": response.delivery.manner = .truncated
                case "garbage": response.delivery.manner = .garbage
                default: break
                }
                return response
            }
        }
    }

    private func end(of path: String) throws -> (text: String, end: Client.End) {
        var result: (text: String, end: Client.End) = ("", .timeout)
        try withServer(Spoiler()) { server in
            let client = try Client(server)
            client.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
            result = client.readToEnd()
        }
        return result
    }

    @Test(arguments: ["/dropped", "/dropped/20"])
    func aDroppedAnswerIsAnOrderlyEndWithoutAByte(_ path: String) throws {
        let result = try end(of: path)
        #expect(result.text.isEmpty && result.end == .closed)
    }

    @Test(arguments: ["/reset", "/reset/20"])
    func aResetIsOne(_ path: String) throws {
        let result = try end(of: path)
        #expect(result.text.isEmpty && result.end == .reset)
    }

    @Test func aTruncatedAnswerEndsInTheMiddle() throws {
        let result = try end(of: "/truncated")
        #expect(result.text.hasPrefix("HTTP/1.1 200 OK\r\n") && !result.text.contains("truncated"))
        #expect(result.end == .closed)
    }

    @Test func garbageIsNoHTTP() throws {
        let result = try end(of: "/garbage")
        #expect(!result.text.isEmpty && !result.text.contains("HTTP/"))
        #expect(result.end == .closed)
    }

    @Test func aDelayHoldsOneConnectionAndNoOther() throws {
        try withServer(Spoiler()) { server in
            let slow = try Client(server)
            let quick = try Client(server)
            let begun = ContinuousClock.now
            slow.send("GET /slow/4000 HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            quick.send("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(quick.answer()?.body == "the answer to /quick")
            let met = ContinuousClock.now
            #expect(slow.answer()?.body == "the answer to /slow/4000")
            #expect(ContinuousClock.now - begun >= .milliseconds(4000))
            #expect(met - begun < .milliseconds(4000))
            #expect(slow.answer()?.body == "the answer to /next")
            slow.send("GET /again HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(slow.answer()?.body == "the answer to /again")
        }
    }

    @Test func aClientThatLeavesDuringADelayIsForgotten() throws {
        try withServer(Spoiler()) { server in
            for _ in 0..<20 {
                let client = try Client(server)
                client.send("GET /slow/100 HTTP/1.1\r\nHost: a\r\n\r\n")
                client.reset()
            }
            let client = try Client(server)
            client.send("GET /slow/200 HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.answer()?.status == 200)
            #expect(eventually { server.openConnections == 1 })
        }
    }

    @Test func anAnswerMayHaveATimeOfItsOwn() {
        var response = Response(.ok)
        response.date = 784_111_777
        var output: [UInt8] = []
        ResponseEncoder.append(response, .init(), date: Array("Date: now\r\n".utf8), to: &output)
        #expect(String(decoding: output, as: UTF8.self).contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
    }
}
