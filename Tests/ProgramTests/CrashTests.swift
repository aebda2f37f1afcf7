import Foundation
import HTTPServer
import Testing
import VendorKit

@Suite("A server that is killed")
struct CrashTests {
    /// What one client knows: the numbers that were acknowledged with their answers, and the one that was not.
    private struct Known: Sendable {
        var answers: [Int: String] = [:]
        var unanswered: Int?
    }

    @Test(
        "loses nothing that it acknowledged, and keeps keys and users both or neither", arguments: ["normal", "full"])
    func killedUnderLoad(_ durability: String) throws {
        let folder = try ScratchFolder()
        let arguments = ["--durability", durability, "--log", "off", "--loops", "2"]
        var first: RunningServer? = try RunningServer(arguments, in: folder, database: "store.sqlite")
        let (port, pid) = (first!.port, first!.pid)
        // Two clients of each vendor: odd and even numbers.
        let operations = VendorOperation.creations + VendorOperation.creations
        let known = Locked([Known](repeating: Known(), count: operations.count))
        let deadline = ContinuousClock.now + .seconds(60)
        sideBySide(operations.count + 1) { client in
            guard client < operations.count else {
                let enough = eventually { known.withLock { $0.allSatisfy { $0.answers.count >= 50 } } }
                #expect(enough)
                kill(pid, SIGKILL)
                return
            }
            let operation = operations[client]
            guard let connection = try? Connection(port: port) else { return }
            var number = client / VendorOperation.creations.count
            while ContinuousClock.now < deadline {
                let sent = number
                known.withLock { $0[client].unanswered = sent }
                guard
                    (try? connection.send(
                        operation.method, operation.prefixed, operation.fields(number), body: operation.body(number)))
                        != nil,
                    let answer = try? connection.receive()
                else { return }
                #expect(answer.status == operation.success)
                known.withLock {
                    $0[client].answers[sent] = answer.text
                    $0[client].unanswered = nil
                }
                number += 2
            }
        }
        #expect(first?.end() == -SIGKILL)
        first = nil

        let second = try RunningServer(arguments, in: folder, database: "store.sqlite")
        let connection = try Connection(port: second.port)
        func again(_ operation: VendorOperation, _ number: Int) throws -> WireAnswer {
            try connection.send(
                operation.method, operation.prefixed, operation.fields(number), body: operation.body(number))
            return try connection.receive()
        }
        let clients = known.withLock { $0 }
        for (operation, client) in zip(operations, clients) {
            let isConnect = operation.name == VendorOperation.connect.name
            for (number, text) in client.answers {
                let answer = try again(operation, number)
                #expect(answer.status == (isConnect ? operation.success : 409), "\(operation.name) lost user \(number)")
                if isConnect { #expect(answer.text == text) }
            }
            if let number = client.unanswered {
                // It was made or it was not, and from now on it is.
                let retry = try again(operation, number)
                #expect([operation.success, 409].contains(retry.status))
                let proof = try again(operation, number)
                #expect(proof.status == (isConnect ? operation.success : 409))
                if isConnect { #expect(proof.text == retry.text) }
            }
        }
        #expect(second.stop() == 0)
        let kept = try KeptStore(folder.file("store.sqlite"))
        #expect(kept.connectUsers == kept.connectKeys.count)
        #expect(Set(kept.connectKeys).count == kept.connectKeys.count)
        #expect(kept.pulseEvents == kept.pulseUsers * 2)
    }

    @Test("keeps what it acknowledged, and nothing else, when its files may grow no further")
    func noRoom() throws {
        let folder = try ScratchFolder()
        // In blocks of 512 or of 1,024 bytes; the log takes some thousand bytes a user, and the thread sanitizer wants to
        // write half a megabyte to a file of its own.
        let first = try RunningServer(
            ["--log", "off"], in: folder, database: "store.sqlite", shell: "ulimit -f 1200")
        var made: [Int] = []
        var refused: [Int] = []
        while refused.count < 20, made.count < 10_000 {
            let number = made.count + refused.count
            let answer = try first.ask(.pulse, number)
            #expect([201, 500].contains(answer.status))
            if answer.status == 201 { made.append(number) } else { refused.append(number) }
        }
        #expect(refused.count == 20)
        #expect(made.count >= 20)
        #expect(first.standardError.contains("store.sqlite: no room left to write"))
        first.send(SIGKILL)
        _ = first.end()

        let second = try RunningServer(in: folder, database: "store.sqlite")
        for number in made { #expect(try second.ask(.pulse, number).status == 409, "user \(number) is lost") }
        for number in refused { #expect(try second.ask(.pulse, number).status == 201, "user \(number) is there") }
        #expect(second.stop() == 0)
    }

    @Test("ids go on growing after a restart, and users stay")
    func restart() throws {
        let folder = try ScratchFolder()
        var last = 0
        for round in 0..<3 {
            let server = try RunningServer(in: folder, database: "store.sqlite")
            for number in 0..<5 {
                let answer = try server.ask(.pulse, round * 5 + number)
                let id = try #require(answer.json["id"] as? Int)
                #expect(id > last)
                last = id
            }
            #expect(try server.ask(.pulse, 0).status == 409)
            server.send(round == 1 ? SIGKILL : SIGTERM)
            _ = server.end()
        }
    }
}
