import Foundation
import Testing

@Suite("On the wire, the connection", .timeLimit(.minutes(10)))
struct ConnectionWireTests {
    private let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test("stays, closes, and loses nothing that was pipelined before the end")
    func persistence() throws {
        try Wire().check([
            ("", ""), (get, "200"), (get + get, "200 200"), (get + "GET / HTTP/1.1\r\n\r\n" + get, "200 400 end"),
            (get + "HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n" + get, "200 200h 200"),
            (get + "HEAD / HTTP/1.1\r\n\r\n", "200 400h end"), (get + "get" + get, "200 405"),
            (
                "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 38\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n\r\n\r\n",
                "405"
            ),
            ("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "200"),
            (
                "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AA\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "200 505 end"
            ),
            (
                "POST /pulse/users HTTP/1.1\r\nHost: a\r\nx-account-id: 2311\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "2\r\n{}\r\n0\r\nAuthorization: Bearer pulse_test_token\r\n\r\n", "401"
            ),
            ("GET /healthz HTTP/1.0\r\n\r\n", "200 end"),
            ("GET /healthz HTTP/1.0\r\nConnection: KEEP-ALIVE, x\r\n\r\n" + get, "200 200"),
            ("GET /healthz HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n", "200 end"),
            (String(repeating: get, count: 100), Array(repeating: "200", count: 100).joined(separator: " ")),
            (String(repeating: get, count: 1000), Array(repeating: "200", count: 1000).joined(separator: " ")),
            (
                String(repeating: get, count: 99) + "X" + get,
                Array(repeating: "200", count: 99).joined(separator: " ") + " 405"
            ),
        ])
    }

    @Test("a hundred pipelined requests are answered in their order")
    func order() throws {
        let wire = try Wire()
        let connection = try Connection(port: wire.server.port)
        try connection.send((0..<100).map { "GET /nothing/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined())
        for number in 0..<100 {
            let answer = try connection.receive()
            #expect((answer.json["message"] as? String)?.hasSuffix("/nothing/\(number)") == true)
        }
    }

    @Test(
        "an unfinished request of a client that sends no more is refused in words",
        arguments: [
            "G", "GET /healthz", "GET /healthz HTTP/1.1", "GET /healthz HTTP/1.1\r\n",
            "GET /healthz HTTP/1.1\r\nHost: a",
            "GET /healthz HTTP/1.1\r\nHost: a\r\n", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab",
            "GET /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
        ])
    func halfClose(_ start: String) throws {
        let wire = try Wire()
        let connection = try Connection(port: wire.server.port)
        try connection.send(get + start)
        connection.finishSending()
        #expect(try StrictAnswer.all(in: connection.receiveToEnd()).map(\.status) == [200, 400])
    }

    @Test("a request that is split anywhere gets the same answers")
    func split() throws {
        let wire = try Wire()
        let sent = Array(
            ("POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nX: y\r\n\r\n"
                + get)
                .utf8)
        for position in 1..<sent.count {
            let connection = try Connection(port: wire.server.port)
            try connection.send(Array(sent[..<position]))
            usleep(200)
            try connection.send(Array(sent[position...]))
            connection.finishSending()
            #expect(try StrictAnswer.all(in: connection.receiveToEnd()).map(\.status) == [405, 200])
        }
    }

    @Test(
        "HEAD is answered like GET without the content, also for what is wrong",
        arguments: [
            "/healthz HTTP/1.1\r\nHost: a\r\nConnection: close", "/nothing HTTP/1.1\r\nHost: a\r\nConnection: close",
            "/% HTTP/1.1\r\nHost: a", "/ HTTP/3.0\r\nHost: a", "/healthz HTTP/1.1\r\nHost: a\r\nX : y",
        ])
    func head(_ rest: String) throws {
        let wire = try Wire()
        let answers = try ["GET", "HEAD"].map { method in
            let connection = try Connection(port: wire.server.port)
            try connection.send("\(method) \(rest)\r\n\r\n")
            return try StrictAnswer.all(in: connection.receiveToEnd(), isHead: [method == "HEAD"])
        }
        #expect(answers[0].map(\.status) == answers[1].map(\.status))
        #expect(answers[0].map { $0.fields.map(\.name) } == answers[1].map { $0.fields.map(\.name) })
    }

    @Test("what a client sent never starts a line of an answer")
    func splitting() throws {
        let wire = try Wire()
        let answer = try wire.server.ask(
            "OPTIONS", "/users", [("Origin", "http://a"), ("Access-Control-Request-Headers", "x\u{80}y")])
        #expect(answer.fields.allSatisfy { !$0.value.unicodeScalars.contains { $0.value < 0x20 } })
        for path in ["/%0d%0aX-Evil:%20y", "/%0D%0A%0D%0AHTTP/1.1%20200%20OK"] {
            let answer = try wire.server.ask("GET", path)
            #expect(answer.status == 404)
            #expect(answer["x-evil"] == nil)
        }
    }
}
