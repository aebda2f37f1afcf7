import Foundation
import Testing
import UserStore

@Suite("Requests at the same time")
struct RaceTests {
    @Test(
        "of 50 creations of one user exactly one succeeds, the others are conflicts",
        arguments: VendorOperation.unique, [1, 4])
    func oneEmail(_ operation: VendorOperation, _ loops: Int) throws {
        let server = try RunningServer(["--loops", "\(loops)"], database: "store.sqlite")
        let answers = try together(50, server) { _ in
            (operation.method, operation.prefixed, operation.fields(1), operation.body(1))
        }
        #expect(answers.filter { $0.status == operation.success }.count == 1)
        #expect(answers.filter { $0.status == 409 }.count == 49)
        #expect(server.stop() == 0)
    }

    @Test(
        "of 50 creations that share only the email exactly one succeeds",
        arguments: [
            (VendorOperation.sensay, #"{"email":"one@example.com"}"#),
            (VendorOperation.seam, #"{"email_address":"one@example.com"}"#),
            (VendorOperation.pulse, #"{"email":"One@Example.com"}"#),
        ])
    func onlyEmail(_ operation: VendorOperation, _ body: String) throws {
        let server = try RunningServer(["--loops", "2"])
        let answers = try together(50, server) { number in
            let name = operation.prefixed.hasPrefix("/seam") ? "full_name" : "name"
            return (
                operation.method, operation.prefixed, operation.fields(number),
                body.dropLast() + #","\#(name)":"User \#(number)"}"#
            )
        }
        #expect(answers.filter { $0.status == operation.success }.count == 1)
        #expect(answers.filter { $0.status == 409 }.count == 49)
        // Another email is free.
        #expect(try server.ask(operation, 7).status == operation.success)
    }

    @Test("Connect holds nothing unique: 50 creations of one user make 50")
    func connect() throws {
        let server = try RunningServer()
        let answers = try together(50, server) { _ in
            (
                "POST", "/connect/users", [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")],
                #"{"name":"John","email":"one@example.com","msisdn":"+15551234567"}"#
            )
        }
        #expect(answers.allSatisfy { $0.status == 201 })
        #expect(Set(answers.compactMap { $0.json["userId"] as? String }).count == 50)
    }

    @Test("40 requests with one idempotency key make one user and get one answer", arguments: [1, 4])
    func oneKey(_ loops: Int) throws {
        let server = try RunningServer(["--loops", "\(loops)"], database: "store.sqlite")
        let connect = VendorOperation.connect
        let answers = try together(40, server) { _ in
            (connect.method, connect.prefixed, connect.fields(1), connect.body(1))
        }
        #expect(answers.allSatisfy { $0.status == 201 })
        #expect(Set(answers.map(\.text)).count == 1)
        let headers = answers.map { answer in
            answer.fields.filter { $0.name != "date" && !$0.name.hasPrefix("x-understudy-") }.map {
                "\($0.name): \($0.value)"
            }
        }
        #expect(Set(headers).count == 1)
        #expect(server.stop() == 0)
        let kept = try KeptStore(server.folder.file("store.sqlite"))
        #expect(kept.connectUsers == 1)
        #expect(kept.connectKeys == ["key-1"])
    }

    /// Sends one request on each of so many connections before any answer is read.
    private func together(
        _ count: Int, _ server: RunningServer,
        _ request: (Int) -> (method: String, path: String, fields: [(String, String)], body: String)
    ) throws -> [WireAnswer] {
        let connections = try (0..<count).map { _ in try Connection(port: server.port) }
        for (number, connection) in connections.enumerated() {
            let request = request(number)
            try connection.send(request.method, request.path, request.fields, body: request.body)
        }
        return try connections.map { try $0.receive() }
    }
}

/// What a store that nobody serves any more holds in the sandbox `default`.
struct KeptStore {
    let connectUsers: Int
    let connectKeys: [String]
    let pulseUsers: Int
    let pulseEvents: Int

    init(_ path: String) throws {
        let store = try UserStore(at: .file(path))
        defer { store.close() }
        let (result, _) = store.batch { batch in
            Result { () throws(StoreError) in
                let sandbox = try batch.sandbox(named: "default") ?? SandboxID(rawValue: 0)
                let (connect, pulse) = (VendorNumber(rawValue: 2), VendorNumber(rawValue: 4))
                return (
                    try batch.users(of: connect, in: sandbox, limit: 1_000_000).count,
                    try batch.idempotencyRecords(of: connect, in: sandbox, limit: 1_000_000).map(\.record.key),
                    try batch.users(of: pulse, in: sandbox, limit: 1_000_000).count,
                    try batch.events(in: sandbox, limit: 1_000_000).count
                )
            }
        }
        (connectUsers, connectKeys, pulseUsers, pulseEvents) = try result.get()
    }
}
