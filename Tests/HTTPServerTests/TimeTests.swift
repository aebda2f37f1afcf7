import Glibc
import HTTPServer
import Testing

/// Whatever a client does slowly ends in a bounded time.
@Suite(.timeLimit(.minutes(10))) struct TimeTests {
    private var limits: Limits {
        var limits = Limits()
        limits.headTime = .milliseconds(300)
        limits.bodyTime = .milliseconds(300)
        // A machine that is busy may take its time between connecting and sending.
        limits.idleTime = .seconds(2)
        limits.writeTime = .milliseconds(300)
        limits.lingerTime = .milliseconds(300)
        limits.stopTime = .milliseconds(500)
        return limits
    }

    @Test(arguments: [
        "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n", post("Content-Length: 3"),
        post("Content-Length: 3", then: "a"),
        chunked(""), chunked("3"), chunked("3\r\nab"), chunked("3\r\nabc\r\n"), chunked("3\r\nabc\r\n0\r\n"),
        get() + "G",
    ])
    func aRequestThatDoesNotEndGetsA408(_ wire: String) throws {
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send(wire)
            if wire.hasPrefix(get()) { #expect(client.answer()?.status == 200) }
            let answer = try #require(client.answer())
            #expect(answer.status == 408)
            #expect(answer["connection"] == "close")
            #expect(client.readToEnd().end == .closed)
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nX: ", post("Content-Length: 100000"), chunked("fffff\r\n"), chunked("1;"),
        chunked("0\r\nX: "), get() + "GET /",
    ])
    func aTrickleDoesNotTurnTheClockBack(_ start: String) throws {
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send(start)
            // The client never stops: only a clock that runs on can end this.
            let isRefused = eventually {
                client.send("a")
                return server.refusals == 1
            }
            #expect(isRefused)
            if start.hasPrefix(get()) { #expect(client.answer()?.status == 200) }
            #expect(client.answer()?.status == 408)
        }
    }

    @Test func contentThatWasAskedForAndNeverComesGetsA408() throws {
        try withServer(limits: limits) { server in
            for lines in ["Content-Length: 3", "Transfer-Encoding: chunked"] {
                let client = try Client(server)
                client.send(post(lines, "Expect: 100-continue"))
                #expect(client.answer()?.status == 100)
                let answer = try #require(client.answer())
                #expect(answer.status == 408)
                #expect(answer["connection"] == "close")
                #expect(client.readToEnd().end == .closed)
            }
        }
    }

    @Test(arguments: ["", "\r\n", get()])
    func anIdleConnectionIsClosedWithoutAnAnswer(_ wire: String) throws {
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send(wire)
            if !wire.isEmpty, wire != "\r\n" { #expect(client.answer()?.status == 200) }
            let (text, end) = client.readToEnd()
            #expect(text.isEmpty)
            #expect(end == .closed)
            #expect(eventually { server.openConnections == 0 })
        }
    }

    @Test func aClientThatDoesNotReadIsCutOff() throws {
        let big = Response(.ok, body: [UInt8](repeating: 0x61, count: 16_000_000))
        try withServer(Echo(respond: { _ in big }), limits: limits) { server in
            let client = try Client(server, receiveBuffer: 4096)
            client.send(get() + get())
            #expect(eventually { server.requests == 2 })
            #expect(eventually { server.openConnections == 0 })
            let (text, end) = client.readToEnd()
            #expect(text.utf8.count < 16_000_000)
            // The kernel does not keep the rest for it either.
            #expect(end == .reset)
        }
    }

    @Test func aSlowReaderGetsEverythingAndHoldsUpNobody() throws {
        let big = [UInt8](repeating: 0x61, count: 3_000_000)
        let handler = Echo(respond: { Response(.ok, body: $0.target.path == "/big" ? big : []) })
        try withServer(handler) { server in
            let slow = try Client(server, receiveBuffer: 4096)
            slow.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n" + get())
            #expect(eventually { server.requests >= 1 })
            let other = try Client(server)
            for _ in 0..<20 {
                other.send(get())
                #expect(other.answer()?.status == 200)
            }
            #expect(slow.answer()?.body.utf8.count == big.count)
            #expect(slow.answer()?.status == 200)
        }
    }

    @Test func aRefusedClientThatNeverClosesIsClosedInTheEnd() throws {
        try withServer(limits: limits) { server in
            let client = try Client(server)
            client.send("x y z\r\n")
            #expect(client.answer()?.status == 400)
            #expect(eventually { server.openConnections == 0 })
        }
    }
}

/// Waits for `condition` for a minute at most.
func eventually(_ condition: () -> Bool) -> Bool {
    for _ in 0..<6000 {
        if condition() { return true }
        usleep(10_000)
    }
    return condition()
}
