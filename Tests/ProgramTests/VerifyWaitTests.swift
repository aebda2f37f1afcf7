import Foundation
import Testing

@Suite("a verification that waits")
struct VerifyWaitTests {
    private static let query = "/__admin/verify?vendor=pulse&status=201&times=1"

    @Test("it answers as soon as the request came, and others are served meanwhile", arguments: ["1", "3"])
    func comes(loops: String) throws {
        let server = try RunningServer(["--loops", loops])
        let waiting = try (0..<4).map { _ in try Connection(port: server.port) }
        for connection in waiting { try connection.send("GET", Self.query + "&wait=1m") }
        for _ in 0..<5 { #expect(try server.ask("GET", "/healthz").status == 200) }
        let pulse = VendorOperation.pulse
        #expect(try server.ask(pulse).status == 201)
        // One that has not come to its loop yet finds the request in the journal.
        for connection in waiting {
            let answer = try connection.receive()
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""count":1"#))
            // The connection goes on.
            try connection.send("GET", "/healthz")
            #expect(try connection.receive().status == 200)
        }
    }

    @Test("when its time is over it is 417 with the nearest misses")
    func misses() throws {
        let server = try RunningServer()
        #expect(try server.ask(VendorOperation.pulse).status == 201)
        let begun = ContinuousClock.now
        let answer = try server.ask("GET", "/__admin/verify?vendor=pulse&status=409&times=1&wait=400ms")
        #expect(ContinuousClock.now - begun >= .milliseconds(400))
        #expect(answer.status == 417)
        #expect(answer.text.contains("status is '201'"))
    }

    @Test("a server that stops answers it at once")
    func stops() throws {
        let server = try RunningServer()
        let connection = try Connection(port: server.port)
        // What was answered on the connection before shows that the server reads it.
        try connection.send("GET", "/healthz")
        #expect(try connection.receive().status == 200)
        try connection.send("GET", Self.query + "&wait=60s")
        server.send(SIGTERM)
        let answer = try connection.receive()
        #expect(answer.status == 417)
        #expect(answer["connection"] == "close")
        #expect(server.end() == 0)
    }
}
