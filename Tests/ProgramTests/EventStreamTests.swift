import Foundation
import Testing

@Suite("events as a stream")
struct EventStreamTests {
    private static let pulse = VendorOperation.pulse

    /// Opens a stream that the server has begun to serve.
    private func open(_ server: RunningServer, _ query: String = "", _ fields: [(String, String)] = []) throws
        -> Connection
    {
        let connection = try Connection(port: server.port)
        try connection.send("GET", "/__admin/events" + query, [("Accept", "text/event-stream")] + fields)
        let head = try connection.read(through: "\r\n\r\n")
        #expect(head.hasPrefix("HTTP/1.1 200 OK\r\n"))
        #expect(head.contains("\r\nContent-Type: text/event-stream\r\n"))
        #expect(head.contains("\r\nTransfer-Encoding: chunked\r\n"))
        #expect(try connection.read(through: "retry: 1000\n\n\r\n").contains("retry"))
        return connection
    }

    @Test("every event of every loop comes once and in order, whoever else is served", arguments: ["1", "3"])
    func live(loops: String) throws {
        let server = try RunningServer(["--loops", loops])
        let streams = try (0..<3).map { _ in try open(server, "?name=user_created") }
        for number in 0..<40 { #expect(try server.ask(Self.pulse, number).status == 201) }
        for stream in streams {
            var ids: [String] = []
            while ids.count < 40 {
                let line = try stream.read(through: "\n")
                if line.hasPrefix("id: ") { ids.append(String(line.dropFirst(4).dropLast())) }
            }
            #expect(ids == (1...40).map { "\($0).\(2 * $0 - 1)" })
        }
    }

    @Test("a client that comes back gets what it has missed, of its sandbox")
    func again() throws {
        let server = try RunningServer()
        for number in 1...3 { #expect(try server.ask(Self.pulse, number).status == 201) }
        let stream = try Connection(port: server.port)
        try stream.send("GET", "/__admin/events?stream&sandbox=default", [("Last-Event-ID", "2.3")])
        let missed = try stream.read(through: "id: 3.6\n")
        #expect(missed.contains("id: 2.4\n") && missed.contains("id: 3.5\n") && !missed.contains("id: 2.3\n"))
        #expect(try server.ask(Self.pulse, 4).status == 201)
        #expect(try stream.read(through: "id: 4.8\n").contains("event: user_created\n"))
    }

    @Test("curl shows it, with HTTP/1.0 as well", arguments: ["--http1.1", "--http1.0"])
    func curl(version: String) throws {
        let server = try RunningServer()
        #expect(try server.ask(Self.pulse).status == 201)
        // Nobody reads on after the second event, but curl would see that only at the next heartbeat: the server's end is
        // the stream's, and so curl's.
        let script = """
            curl -sN \(version) "\(server.url)/__admin/events?stream&after=0" |
            { sed -n '/^event/p; /user_added/q'; kill \(server.pid); }
            """
        let ended = try BuiltProgram.run("exec", "--", "sh", "-c", script)
        #expect(ended.output == "event: user_created\nevent: user_added_to_account\n")
        #expect(server.end() == 0)
    }

    @Test("it has no content for HEAD")
    func head() throws {
        let server = try RunningServer()
        let connection = try Connection(port: server.port)
        try connection.send("HEAD", "/__admin/events?stream&after=0")
        #expect(try connection.read(through: "\r\n\r\n").contains("text/event-stream"))
        try connection.send("GET", "/healthz")
        #expect(try connection.receive().status == 200)
    }

    @Test("a server that stops ends it")
    func stops() throws {
        let server = try RunningServer()
        let stream = try open(server)
        server.send(SIGTERM)
        #expect(try String(decoding: stream.receiveToEnd(), as: UTF8.self) == "0\r\n\r\n")
        #expect(server.end() == 0)
    }
}
