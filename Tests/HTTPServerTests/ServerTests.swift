import Glibc
import HTTPServer
import Synchronization
import Testing

/// The loop over real sockets.
///
/// The parser's rules have their own tables; here are a few of each kind.
@Suite(.timeLimit(.minutes(10))) struct ServerTests {
    @Test func aConnectionServesManyRequests() throws {
        try withServer { server in
            let client = try Client(server)
            for number in 0..<50 {
                client.send("GET /\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try #require(client.answer())
                #expect(answer.status == 200)
                #expect(answer.body == "GET /\(number)")
                #expect(answer["date"]?.hasSuffix(" GMT") == true)
                #expect(answer["connection"] == nil)
            }
            #expect(server.acceptedConnections == 1)
            #expect(server.requests == 50)
        }
    }

    @Test(arguments: [1, 3])
    func manyClientsAreServedByAnyNumberOfLoops(_ loops: Int) throws {
        try withServer(loops: loops) { server in
            let clients = try (0..<40).map { _ in try Client(server) }
            for round in 0..<5 {
                for (number, client) in clients.enumerated() {
                    client.send("GET /\(round)/\(number) HTTP/1.1\r\nHost: a\r\n\r\n")
                }
                for (number, client) in clients.enumerated() {
                    #expect(client.answer()?.body == "GET /\(round)/\(number)")
                }
            }
            #expect(server.openConnections == 40)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInOrderHoweverManyATurnTakes() throws {
        var limits = Limits()
        limits.requestsPerTurn = 7
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send((0..<500).map { "POST /\($0) HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx" }.joined())
            for number in 0..<500 {
                #expect(client.answer()?.body == "POST /\(number) x")
            }
        }
    }

    @Test func aRefusalInAPipelineComesAfterTheAnswersBeforeIt() throws {
        try withServer { server in
            let client = try Client(server)
            client.send(get() + get() + get("X : a") + get())
            #expect(client.answer()?.status == 200)
            #expect(client.answer()?["connection"] == nil)
            let refused = try #require(client.answer())
            #expect(refused.status == 400)
            #expect(refused["connection"] == "close")
            #expect(refused["date"] != nil)
            #expect(refused.body.contains("white space before its colon"))
            let rest = client.readToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .closed)
            #expect(server.requests == 2)
            #expect(server.refusals == 1)
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505), ("\u{16}\u{3}\u{1}", 400), ("GET /\r\n", 400),
        (post("Transfer-Encoding: gzip, chunked"), 501), (post("Content-Length: 1", "Expect: x"), 417),
        ("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", 501), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ("GET /" + String(repeating: "a", count: 9000), 414), (get("X: " + String(repeating: "a", count: 9000)), 431),
        (post("Content-Length: 1", "Transfer-Encoding: chunked", then: "0\r\n\r\n" + get()), 400),
        (chunked("1\r\nab" + get()), 400),
    ])
    func aRefusedClientReadsWhyAndThenTheEnd(_ wire: String, _ status: Int) throws {
        try withServer { server in
            let client = try Client(server)
            client.send(wire)
            let answer = try #require(client.answer())
            #expect(answer.status == status)
            #expect(answer["connection"] == "close")
            let rest = client.readToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .closed)
            #expect(server.requests == 0)
        }
    }

    @Test func aRefusedClientThatGoesOnSendingStillReadsItsAnswer() throws {
        var limits = Limits()
        limits.body = 1000
        try withServer(limits: limits) { server in
            for wire in [post("Content-Length: 8000000"), chunked("7a1200\r\n"), get("X : a")] {
                let client = try Client(server)
                client.send(wire)
                #expect(client.send([UInt8](repeating: 0x61, count: 8_000_000)))
                client.finishSending()
                let (text, end) = client.readToEnd()
                #expect(text.hasPrefix(wire.hasPrefix("POST") ? "HTTP/1.1 413 " : "HTTP/1.1 400 "))
                #expect(text.contains("Connection: close\r\n"))
                #expect(end == .closed)
            }
        }
    }

    @Test func aRequestSplitAtEveryByteIsAnsweredTheSame() throws {
        let wires = [get("X: y"), post("Content-Length: 3", then: "abc"), chunked("3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n")]
        try withServer { server in
            for wire in wires.map({ Array($0.utf8) }) {
                let client = try Client(server)
                for cut in 0...wire.count {
                    client.send(Array(wire[..<cut]))
                    // Long enough for the loop to see the first part alone, most of the time.
                    usleep(300)
                    client.send(Array(wire[cut...]))
                    #expect(client.answer()?.body == (wire[0] == 0x47 ? "GET /" : "POST / abc"))
                }
            }
        }
    }

    @Test func headIsAnsweredLikeGetWithoutTheBody() throws {
        try withServer { server in
            let client = try Client(server)
            client.send("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n" + get())
            let answer = try #require(client.answer(isHead: true))
            #expect(answer["content-length"] == "7")
            #expect(client.answer()?.body == "GET /")
            // A refusal of HEAD has no content either.
            client.send("HEAD / HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n")
            let (text, _) = client.readToEnd()
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func http10ClosesUnlessAsked() throws {
        try withServer { server in
            let client = try Client(server)
            client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(client.answer()?["connection"] == "keep-alive")
            client.send("GET /b HTTP/1.0\r\n\r\n")
            let answer = try #require(client.answer())
            #expect(answer.body == "GET /b")
            #expect(answer["connection"] == "close")
            #expect(client.readToEnd().end == .closed)
        }
    }

    @Test(arguments: ["close", "Close", "x, CLOSE"])
    func aClientThatAsksForTheEndGetsIt(_ option: String) throws {
        try withServer { server in
            let client = try Client(server)
            client.send(get("Connection: \(option)") + get())
            #expect(client.answer()?["connection"] == "close")
            let rest = client.readToEnd()
            #expect(rest.text.isEmpty)
            #expect(rest.end == .closed)
        }
    }

    @Test func aHandlerMayEndTheConnection() throws {
        try withServer(Echo(respond: { _ in Response(.ok, closesConnection: true) })) { server in
            let client = try Client(server)
            client.send(get())
            #expect(client.answer()?["connection"] == "close")
            #expect(client.readToEnd().end == .closed)
        }
    }

    @Test func aHandlerThatForgetsAnAnswerGivesA500() throws {
        struct Forgetful: RequestHandler {
            func respond(to requests: [Request]) -> [Response] { [] }
        }
        try withServer(Forgetful()) { server in
            let client = try Client(server)
            client.send(get())
            #expect(client.answer()?.status == 500)
        }
    }

    @Test func aHalfClosedClientGetsItsAnswer() throws {
        try withServer { server in
            for (wire, start) in [
                (get(), "HTTP/1.1 200 "), ("GET / HT", "HTTP/1.1 400 "),
                (post("Content-Length: 3", then: "a"), "HTTP/1.1 400 "),
            ] {
                let client = try Client(server)
                client.send(wire)
                client.finishSending()
                let (text, end) = client.readToEnd()
                #expect(text.hasPrefix(start))
                #expect(end == .closed)
            }
        }
    }

    @Test func aContinueIsSentBeforeTheBodyIsWaitedFor() throws {
        try withServer { server in
            let client = try Client(server)
            // The answer to the first request comes before the 100 of the second.
            client.send(get() + post("Content-Length: 3", "Expect: 100-continue"))
            #expect(client.answer()?.body == "GET /")
            #expect(client.read(through: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("abc")
            #expect(client.answer()?.body == "POST / abc")
            // Needless once the content is there.
            client.send(post("Content-Length: 3", "Expect: 100-continue", then: "def"))
            #expect(client.answer()?.body == "POST / def")
        }
    }

    @Test func aRefusalIsNeverPrecededByAContinue() throws {
        let refusal = Response(.unauthorized, body: Array("no".utf8))
        try withServer(Echo(refusalBeforeBody: refusal)) { server in
            let client = try Client(server)
            client.send(post("Content-Length: 3", "Expect: 100-continue"))
            let answer = try #require(client.answer())
            #expect(answer.status == 401)
            #expect(answer["connection"] == "close")
            #expect(answer.body == "no")
            client.send("abc" + get())
            #expect(client.readToEnd().text.isEmpty)
            #expect(server.requests == 0)
        }
        var limits = Limits()
        limits.body = 2
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send(post("Content-Length: 3", "Expect: 100-continue"))
            #expect(client.answer()?.status == 413)
        }
    }

    @Test func allRequestsOfATurnReachTheHandlerInOneCall() throws {
        final class Counting: RequestHandler {
            let sizes = Mutex<[Int]>([])
            func respond(to requests: [Request]) -> [Response] {
                sizes.withLock { $0.append(requests.count) }
                return requests.map { _ in Response(.ok) }
            }
        }
        let handler = Counting()
        try withServer(handler) { server in
            let client = try Client(server)
            client.send(String(repeating: get(), count: 20))
            for _ in 0..<20 { #expect(client.answer()?.status == 200) }
        }
        let sizes = handler.sizes.withLock { $0 }
        #expect(sizes.reduce(0, +) == 20)
        #expect(!sizes.contains(0))
        #expect(sizes.count < 20)
    }
}
