import Glibc
import Testing

/// The client's patience is half a minute, so that the defaults of half a minute and more would fail here.
@Suite("How long the server waits")
struct TimeoutTests {
    @Test("the time that a flag names ends a head and a body that do not come", arguments: ["head", "body"])
    func unfinished(_ part: String) throws {
        let server = try RunningServer(["--head-timeout", part == "head" ? "1" : "40", "--body-timeout", "1"])
        let connection = try Connection(port: server.port)
        try connection.send("POST /seam/user_identities/create HTTP/1.1\r\nHost: a\r\n")
        if part == "body" { try connection.send("Content-Length: 9\r\n\r\n{") }
        #expect(try connection.receive().status == 408)
        #expect(connection.isClosed())
    }

    @Test("the time that a flag names ends a connection that is idle")
    func idle() throws {
        let server = try RunningServer(["--idle-timeout", "1"])
        let connection = try Connection(port: server.port)
        try connection.send("GET", "/healthz")
        #expect(try connection.receive().status == 200)
        #expect(connection.isClosed())
    }

    @Test("the time that a flag names ends a connection whose client does not read")
    func unread() throws {
        let server = try RunningServer(["--write-timeout", "1", "--idle-timeout", "40"])
        let connection = try Connection(port: server.port)
        // More answers than the kernel holds for us; the server takes no more of us then, and cuts us off in the end.
        #expect {
            for _ in 0..<1_000_000 { try connection.send("GET", "/nowhere") }
        } throws: { error in
            [ECONNRESET, EPIPE].contains((error as? Broken)?.number)
        }
    }
}
