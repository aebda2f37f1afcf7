import Foundation
import Testing

@Suite("health and wait")
struct ProbeTests {
    @Test("both say ok of a server that is up", arguments: ["health", "wait"])
    func up(_ command: String) throws {
        let server = try RunningServer()
        for url in [server.url, server.url + "/", "http://localhost:\(server.port)"] {
            let ended = try BuiltProgram.run(command, "--url", url)
            #expect(ended.code == 0)
            #expect(ended.output == "ok\n")
            #expect(ended.errors.isEmpty)
        }
    }

    @Test(
        "without a URL they ask where serve would listen in the same environment", arguments: ["health", "wait"],
        ["UNDERSTUDY_PORT", "PORT"])
    func environment(_ command: String, _ variable: String) throws {
        let server = try RunningServer(["--host", "0.0.0.0"])
        let environment = [variable: "\(server.port)", "UNDERSTUDY_HOST": "0.0.0.0"]
        #expect(try BuiltProgram.run(command, environment: environment).code == 0)
        let ended = try BuiltProgram.run(
            command, environment: ["UNDERSTUDY_URL": server.url, "UNDERSTUDY_TIMEOUT": "20s", variable: "1"])
        #expect(ended.code == 0)
    }

    @Test("health says at once that nothing listens")
    func down() throws {
        let port = try freePort()
        let ended = try BuiltProgram.run("health", "--url", "http://127.0.0.1:\(port)", "--timeout", "9m")
        #expect(ended.code == 1)
        #expect(ended.output.isEmpty)
        #expect(ended.errors == "understudy: http://127.0.0.1:\(port) is not well: Connection refused\n")
    }

    @Test("wait gives up when its time is over, and says what it saw last")
    func timeout() throws {
        let port = try freePort()
        let start = ContinuousClock.now
        let ended = try BuiltProgram.run("wait", "--url", "http://127.0.0.1:\(port)", "--timeout", "300ms")
        #expect(ContinuousClock.now - start >= .milliseconds(300))
        #expect(ended.code == 1)
        #expect(ended.output.isEmpty)
        #expect(ended.errors == "understudy: http://127.0.0.1:\(port) is not well after 300ms: Connection refused\n")
    }

    @Test("wait goes on until the server is up")
    func comingUp() throws {
        let folder = try ScratchFolder()
        let port = try freePort()
        let wait = try BuiltProgram.process(
            ["wait", "--url", "http://127.0.0.1:\(port)", "--timeout", "60s"], [:], in: folder, output: "wait")
        try wait.run()
        defer { wait.terminate() }
        usleep(200_000)
        #expect(wait.isRunning)
        let server = try RunningServer(port: "\(port)")
        #expect(eventually { !wait.isRunning })
        wait.waitUntilExit()
        #expect(wait.terminationStatus == 0)
        #expect(folder.text("wait.out") == "ok\n")
        #expect(server.stop() == 0)
    }

    @Test("one who listens and never answers costs no more than the time", arguments: ["health", "wait"])
    func silent(_ command: String) throws {
        let listener = try SilentListener()
        let ended = try BuiltProgram.run(
            command, "--url", "http://127.0.0.1:\(listener.port)", "--timeout", "200ms")
        #expect(ended.code == 1)
        #expect(ended.errors.hasSuffix(": it did not answer in time\n"))
    }

    @Test("an IPv6 address is asked as the rules of URLs have it", .enabled(if: SilentListener.hasIPv6))
    func six() throws {
        let server = try RunningServer(["--host", "::1"])
        #expect(eventually { server.standardOutput == "Understudy is listening on http://[::1]:\(server.port)\n" })
        #expect(try BuiltProgram.run("health", "--url", "http://[::1]:\(server.port)").output == "ok\n")
        let environment = ["UNDERSTUDY_HOST": "::1", "PORT": "\(server.port)"]
        #expect(try BuiltProgram.run("health", environment: environment).output == "ok\n")
    }

    @Test("the health check says what the store is doing, and takes GET and HEAD alone")
    func health() throws {
        let server = try RunningServer(["--durability", "full"], database: "store.sqlite")
        let answer = try server.ask("GET", "/healthz")
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        #expect(answer.json["status"] as? String == "ok")
        let store = answer.json["store"] as? [String: Any]
        #expect(store?["file"] as? String == "store.sqlite")
        #expect(store?["durability"] as? String == "full")
        #expect(try server.ask("POST", "/healthz").status == 405)
        #expect(try server.ask("GET", "/health").status == 404)
    }
}

/// A port on which nobody listens now.
private func freePort() throws -> Int {
    try SilentListener().port
}

/// Takes connections and says nothing.
final class SilentListener {
    let port: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, length) == 0 && listen(descriptor, 8) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        guard result else { throw Broken(at: "listen", errno) }
        port = Int(in_port_t(bigEndian: address.sin_port))
    }

    deinit {
        close(descriptor)
    }

    /// Whether this machine has ::1.
    static let hasIPv6: Bool = {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        unsafe inet_pton(AF_INET6, "::1", &address.sin6_addr)
        return unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size)) == 0
            }
        }
    }()
}
