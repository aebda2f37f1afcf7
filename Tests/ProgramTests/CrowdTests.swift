import Foundation
import HTTPServer
import Testing

/// Many clients at once, against the built program.
@Suite("A crowd", .serialized, .timeLimit(.minutes(5)))
struct CrowdTests {
    private static let size = 10_000
    /// What the test itself has open besides its clients.
    private static let others = 500

    @Test(
        "ten thousand connections stand while others are served",
        .enabled(
            if: DescriptorLimit.raise(to: size + others) >= size + others,
            "this machine's hard limit of open files (ulimit -Hn) is below the \(size + others) that the test needs"))
    func tenThousand() throws {
        let server = try RunningServer(["--log", "off"])
        let other = try Connection(port: server.port)
        #expect(try health(other) == 200)
        let before = try residentKiB(server)
        var crowd: [Connection] = []
        for _ in 0..<Self.size { crowd.append(try Connection(port: server.port)) }
        for _ in 0..<500 { #expect(try health(other) == 200) }
        // Half of them have said something, and every one is in.
        for index in stride(from: 0, to: Self.size, by: 2) { try crowd[index].send("GET /healthz HTTP/1.1\r\n") }
        for index in stride(from: 0, to: Self.size, by: 100) {
            try crowd[index].send("Host: a\r\n\r\n")
            #expect(try crowd[index].receive().status == 200)
        }
        #expect(descriptors(server) >= Self.size)
        // A connection that holds no message costs a few hundred bytes; the bound is for builds with a sanitizer, too.
        let grown = try residentKiB(server) - before
        #expect(grown < 131_072, "\(grown) KiB for \(Self.size) connections")
        for _ in 0..<500 { #expect(try health(other) == 200) }
        crowd.removeAll()
        #expect(eventually { descriptors(server) < Self.others })
        #expect(try health(other) == 200)
        #expect(server.stop() == 0)
    }

    @Test("five thousand short connections leave no descriptor and no memory behind")
    func shortConnections() throws {
        let server = try RunningServer(["--log", "off"])
        let endings = ["Connection: close\r\n\r\n", "\r\n", "", "X : y\r\n\r\n", "Content-Length: 9\r\n\r\nabc"]
        func round(_ count: Int) throws {
            for number in 0..<count {
                let connection = try Connection(port: server.port)
                try connection.send("GET /healthz HTTP/1.1\r\nHost: a\r\n" + endings[number % endings.count])
                if number % endings.count < 2 { #expect(try connection.receive().status == 200) }
            }
        }
        // Whatever is made once is made by now.
        try round(500)
        #expect(eventually { descriptors(server) < 50 })
        let before = try (descriptors(server), residentKiB(server))
        try round(5000)
        #expect(eventually { descriptors(server) <= before.0 })
        let grown = try residentKiB(server) - before.1
        #expect(grown < 32_768, "\(grown) KiB")
        #expect(server.stop() == 0)
    }

    @Test("without the descriptors for it, the server says how many connections it takes, and takes no more")
    func fewDescriptors() throws {
        let folder = try ScratchFolder()
        let process = try BuiltProgram.process(
            ["serve", "--port", "0", "--db", "store.sqlite", "--port-file", folder.file("port")], [:], in: folder,
            output: "serve")
        let program = process.executableURL?.path ?? ""
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "ulimit -n 100; exec \"$0\" \"$@\"", program] + (process.arguments ?? [])
        try process.run()
        defer { kill(process.processIdentifier, SIGKILL) }
        #expect(eventually { folder.text("port") != nil })
        #expect(
            eventually {
                folder.text("serve.err")?.contains("lets a process open 100 files, not 16448: at most 36 ") == true
            })
        let port = try #require(folder.text("port").flatMap { Int($0.dropLast()) })
        var crowd = try (0..<80).map { _ in try Connection(port: port) }
        // The first ones are served, and the store has its files; the others wait for their turn.
        let operation = VendorOperation.pulse
        try crowd[0].send(operation.method, operation.prefixed, operation.fields(1), body: operation.body(1))
        #expect(try crowd[0].receive().status == 201)
        try crowd[79].send("GET", "/healthz")
        crowd.removeFirst(60)
        #expect(try crowd[19].receive().status == 200)
    }

    private func health(_ connection: Connection) throws -> Int {
        try connection.send("GET", "/healthz")
        return try connection.receive().status
    }

    private func residentKiB(_ server: RunningServer) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(server.pid)/status", encoding: .utf8)
        return Int(try #require(status.firstMatch(of: /VmRSS:\s+(\d+)/)).1) ?? 0
    }

    private func descriptors(_ server: RunningServer) -> Int {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(server.pid)/fd")) ?? []).count
    }
}
