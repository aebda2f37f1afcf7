import Foundation
import Testing

@Suite("How the server stops")
struct StopTests {
    private static let pulse = VendorOperation.pulse

    /// Sends a request but for the last byte of its body, and waits until the server has begun to read it.
    private func begin(_ server: RunningServer, _ number: Int = 1) throws -> (connection: Connection, rest: String) {
        let connection = try Connection(port: server.port)
        let body = Self.pulse.body(number)
        try connection.send(
            Self.pulse.method, Self.pulse.prefixed,
            Self.pulse.fields(number) + [("Content-Length", "\(body.utf8.count)"), ("Expect", "100-continue")])
        #expect(try connection.receive().status == 100)
        try connection.send(String(body.dropLast()))
        return (connection, String(body.suffix(1)))
    }

    private func portFileIsGone(_ server: RunningServer) -> Bool {
        eventually { server.folder.text(server.portFile) == nil }
    }

    @Test(
        "a signal lets the running request finish, then closes the store and ends with 0", arguments: [SIGTERM, SIGINT])
    func graceful(_ signal: Int32) throws {
        let server = try RunningServer(database: "store.sqlite")
        let idle = try Connection(port: server.port)
        try idle.send("GET", "/healthz")
        #expect(try idle.receive().status == 200)
        let (connection, rest) = try begin(server)
        server.send(signal)
        #expect(portFileIsGone(server))
        // An idle connection ends, and no new one is taken.
        #expect(idle.isClosed())
        #expect(eventually { (try? server.ask("GET", "/healthz")) == nil })
        #expect(server.isRunning)
        try connection.send(rest)
        let answer = try connection.receive()
        #expect(answer.status == 201)
        #expect(answer["connection"] == "close")
        #expect(connection.isClosed())
        #expect(server.end() == 0)
        // The store is one file again: nothing is left in a log.
        #expect(server.folder.names.filter { $0.hasPrefix("store.sqlite") } == ["store.sqlite"])
        let next = try RunningServer(in: server.folder, database: "store.sqlite")
        #expect(try next.ask(Self.pulse).status == 409)
    }

    @Test("of requests sent together the last that is answered says so, and none behind it is run")
    func pipeline() throws {
        let server = try RunningServer(database: "store.sqlite")
        let answered = try answersUntilTheStop(server)
        #expect(server.end() == 0)
        let kept = try KeptStore(server.folder.file("store.sqlite"))
        #expect(kept.pulseUsers == answered)
    }

    /// Sends requests together, stops the server at the first answer, and counts the answers.
    ///
    /// The connection ends with the last one: for a client that keeps it open the server would wait.
    private func answersUntilTheStop(_ server: RunningServer) throws -> Int {
        let connection = try Connection(port: server.port)
        for number in 0..<500 {
            try connection.send(
                Self.pulse.method, Self.pulse.prefixed, Self.pulse.fields(number), body: Self.pulse.body(number))
        }
        var answered = 0
        var isLast = false
        while answered < 500, !isLast {
            let answer = try connection.receive()
            #expect(answer.status == 201)
            isLast = answer["connection"] == "close"
            answered += 1
            if answered == 1 { server.send(SIGTERM) }
        }
        #expect(connection.isClosed())
        return answered
    }

    @Test("a request that never comes to its end does not hold the server for ever")
    func endless() throws {
        let server = try RunningServer(database: "store.sqlite")
        let (connection, _) = try begin(server)
        server.send(SIGTERM)
        #expect(server.end() == 0)
        #expect(connection.isClosed())
        #expect(server.folder.names.filter { $0.hasPrefix("store.sqlite") } == ["store.sqlite"])
    }

    @Test("a second signal ends it at once, and nothing that was acknowledged is lost", arguments: [SIGTERM, SIGINT])
    func second(_ signal: Int32) throws {
        let server = try RunningServer(database: "store.sqlite")
        #expect(try server.ask(Self.pulse, 2).status == 201)
        let (connection, _) = try begin(server)
        server.send(SIGTERM)
        #expect(portFileIsGone(server))
        server.send(signal)
        // Had it waited for the request, it would end with 0.
        #expect(server.end() == 1)
        #expect(connection.isClosed())
        let next = try RunningServer(in: server.folder, database: "store.sqlite")
        #expect(try next.ask(Self.pulse, 2).status == 409)
        #expect(try next.ask(Self.pulse, 1).status == 201)
    }

    @Test("a signal during the start is not lost")
    func early() throws {
        for delay in [0, 1_000, 5_000, 20_000] as [useconds_t] {
            let folder = try ScratchFolder()
            let process = try BuiltProgram.process(
                ["serve", "--port", "0", "--db", "store.sqlite", "--port-file", folder.file("port")], [:], in: folder,
                output: "serve")
            try process.run()
            usleep(delay)
            process.terminate()
            #expect(eventually { !process.isRunning })
            process.waitUntilExit()
            // Before the program has begun to hold signals back, one ends it as it ends any program.
            let ended = (process.terminationReason, process.terminationStatus)
            #expect(ended == (.exit, 0) || ended == (.uncaughtSignal, SIGTERM))
            #expect(folder.text("port") == nil)
        }
    }
}
