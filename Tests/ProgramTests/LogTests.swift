import Foundation
import Testing

@Suite("The log")
struct LogTests {
    private func lines(_ server: RunningServer) -> [String] {
        // A machine with few descriptors is told of, which is not what these tests are about.
        server.standardError.split(separator: "\n").map(String.init).filter { !$0.contains("ulimit -Hn") }
    }

    @Test("as text, one line for each exchange, without queries, which may hold secrets")
    func text() throws {
        let server = try RunningServer()
        #expect(try server.ask(.pulse).status == 201)
        #expect(try server.ask("GET", "/seam/nothing?secret=1").status == 404)
        #expect(try server.ask("GET", "/healthz").status == 200)
        #expect(
            try server.ask(
                "POST", "/connect/users", VendorOperation.connect.fields(1, in: "mine"),
                body: VendorOperation.connect.body(1)
            ).status == 201)
        #expect(server.stop() == 0)
        let exchanges: [String] = lines(server).suffix(4).map { line in
            #expect(line.prefix(24).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            return String(line.dropFirst(25))
        }
        #expect(
            exchanges == [
                "201 POST /pulse/users default", "404 GET /seam/nothing -", "200 GET /healthz -",
                "201 POST /connect/users mine",
            ])
        #expect(!server.standardError.contains("secret=1"))
    }

    @Test("as JSON, every line is an object, the first one too")
    func json() throws {
        let server = try RunningServer(["--log", "json"])
        #expect(try server.ask(.pulse).status == 201)
        #expect(try server.ask("PUT", "/seam/user_identities/create?secret=1").status == 405)
        #expect(try server.ask("GET", "/healthz").status == 200)
        #expect(server.stop() == 0)
        let objects = lines(server).compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any]
        }
        #expect(objects.count == lines(server).count)
        #expect(objects.count == 4)
        #expect(objects.first?["version"] is String)
        #expect((objects.first?["vendors"] as? [[String: Any]])?.count == 4)
        let rows = objects.dropFirst().map { object in
            ["status", "method", "path", "vendor", "operation", "sandbox"]
                .map { object[$0].map { $0 is NSNull ? "-" : "\($0)" } ?? "missing" }
                .joined(separator: " ")
        }
        #expect(
            rows == [
                "201 POST /pulse/users pulse POST /users default", "405 PUT /seam/user_identities/create seam - -",
                "200 GET /healthz - - -",
            ])
        #expect(objects.dropFirst().allSatisfy { ($0["time"] as? String)?.count == 24 })
    }

    @Test("what is no request gets a line with its status and the reason", arguments: ["text", "json"])
    func refusals(_ format: String) throws {
        let server = try RunningServer(["--log", format])
        for wire in ["GET / HTTP/1.1\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "\u{16}\u{3}\u{1}", "GET /hush-hush"] {
            let connection = try Connection(port: server.port)
            try connection.send(wire)
            connection.finishSending()
            #expect(try StrictAnswer.all(in: connection.receiveToEnd()).count == 1)
        }
        #expect(server.stop() == 0)
        let refused = lines(server).suffix(4)
        let reasons = [
            (400, "The Host field is missing."), (505, "This server speaks HTTP/1.1 and HTTP/1.0 only."),
            (400, "This is a TLS handshake, but the port speaks plain HTTP: use http://."),
            (400, "The client stopped sending before the request was complete."),
        ]
        for (line, (status, reason)) in zip(refused, reasons) {
            let end =
                format == "text" ? " \(status) refused: \(reason)" : #""status":\#(status),"refused":"\#(reason)"}"#
            #expect(line.hasSuffix(end))
        }
        #expect(!server.standardError.contains("hush-hush"))
    }

    @Test("off, nothing is written at all")
    func off() throws {
        let server = try RunningServer(["--log", "off"])
        #expect(try server.ask(.pulse).status == 201)
        #expect(try server.ask("GET", "/%").status == 400)
        #expect(server.stop() == 0)
        #expect(server.standardError.isEmpty)
    }

    @Test("no credential of a request is ever written", arguments: ["text", "json"])
    func noSecrets(_ format: String) throws {
        let server = try RunningServer(["--log", format])
        let wrong = [("Authorization", "Bearer hush-hush"), ("X-API-Key", "hush-hush"), ("x-account-id", "2311")]
        for path in ["/pulse/users", "/connect/users", "/seam/user_identities/create", "/sensay/v1/users"] {
            #expect(try server.ask("POST", path, wrong + [("X-ORGANIZATION-SECRET", "hush-hush")]).status == 401)
        }
        #expect(server.stop() == 0)
        #expect(lines(server).count >= 4)
        #expect(!server.standardError.contains("hush-hush"))
    }

    @Test("a reader that reads nothing, or has gone, does not hold up the server", arguments: [true, false])
    func deafReader(_ isThere: Bool) throws {
        let folder = try ScratchFolder()
        let process = try BuiltProgram.process(
            ["serve", "--port", "0", "--db", ":memory:", "--port-file", folder.file("port")], [:], in: folder,
            output: "serve")
        let pipe = Pipe()
        process.standardError = pipe
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        #expect(eventually { folder.text("port") != nil })
        if !isThere { try pipe.fileHandleForReading.close() }
        let port = try #require(folder.text("port").flatMap { Int($0.dropLast()) })
        let connection = try Connection(port: port)
        // 64 KiB fill a pipe: 2,000 lines are more than twice as much.
        for number in 0..<2_000 {
            try connection.send("GET", "/healthz/\(number)/\(String(repeating: "x", count: 40))")
            #expect(try connection.receive().status == 404)
        }
        if isThere {
            // Whoever begins to read learns what is missing.
            var text = ""
            try connection.send("GET", "/healthz")
            #expect(try connection.receive().status == 200)
            while !text.contains(" lines of this log are lost, because nobody read it\n") {
                let data = pipe.fileHandleForReading.availableData
                try #require(!data.isEmpty)
                text += String(decoding: data, as: UTF8.self)
                try connection.send("GET", "/healthz")
                #expect(try connection.receive().status == 200)
            }
        }
        process.terminate()
        #expect(eventually { !process.isRunning })
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }
}
