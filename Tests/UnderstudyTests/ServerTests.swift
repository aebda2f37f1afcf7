import Foundation
import Testing
import Understudy

@Suite struct ServerTests {
    @Test func `it says where it is, and is well`() async throws {
        let server = try Understudy.start()
        #expect(server.url == "http://127.0.0.1:\(server.port)")
        #expect(server.url(of: .connect) == server.url + "/connect")
        let answer = try await server.ask("GET", server.url + "/healthz")
        #expect(answer.status == 200)
        #expect(answer.member("status") == "ok")
    }

    @Test func `servers side by side share nothing`() async throws {
        let servers = try (0..<8).map { _ in try Understudy.start() }
        #expect(Set(servers.map(\.port)).count == servers.count)
        try await withThrowingTaskGroup { group in
            for server in servers {
                group.addTask {
                    for number in 1...5 {
                        let answer = try await server.createAtPulse("user\(number)@example.com")
                        #expect(answer.status == 201)
                        #expect(answer.member("id") == "\(number)")
                    }
                }
            }
            try await group.waitForAll()
        }
        for server in servers { server.stop() }
    }

    @Test func `a stopped one takes no connection, and its port is free`() async throws {
        let first = try Understudy.start()
        #expect(try await first.createAtPulse("ada@example.com").status == 201)
        first.stop()
        first.stop()
        await #expect(throws: (any Error).self) { try await first.ask("GET", first.url + "/healthz") }
        var options = Understudy.Options()
        options.port = first.port
        let second = try Understudy.start(options)
        #expect(second.port == first.port)
        #expect(try await second.createAtPulse("ada@example.com").member("id") == "1")
    }

    @Test func `it stops when nobody holds it any more`() async throws {
        var server: Understudy? = try Understudy.start()
        var options = Understudy.Options()
        options.port = try #require(server).port
        #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
        server = nil
        #expect(try Understudy.start(options).port == options.port)
    }

    @Test func `a sandbox and a server are emptied, and their clocks set back`() async throws {
        var options = Understudy.Options()
        options.time = "2026-01-31T12:00:00Z"
        let server = try Understudy.start(options)
        for sandbox in ["one", "two"] {
            let answer = try await server.createAtPulse("ada@example.com", sandbox: sandbox)
            #expect(answer.member("createdAt") == "2026-01-31T12:00:00.000Z")
            #expect(try await server.createAtPulse("ada@example.com", sandbox: sandbox).status == 409)
        }
        try server.reset(sandbox: "one")
        #expect(try await server.createAtPulse("ada@example.com", sandbox: "one").status == 201)
        #expect(try await server.createAtPulse("ada@example.com", sandbox: "two").status == 409)
        let moved = try await server.ask(
            "POST", server.url + "/__admin/clock/advance", [:], #"{"by":"1h"}"#)
        #expect(moved.status == 200)
        #expect(
            try await server.createAtPulse("eve@example.com", sandbox: "two").member("createdAt")
                == "2026-01-31T13:00:00.000Z")
        try server.reset()
        #expect(
            try await server.createAtPulse("ada@example.com", sandbox: "two").member("createdAt")
                == "2026-01-31T12:00:00.000Z")
        server.stop()
        #expect(throws: Understudy.Failure.self) { try server.reset() }
    }
}
