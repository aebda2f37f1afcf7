import Foundation
import Testing

/// Seeded mutations of a corpus: `make fuzz` runs many from a new seed, `make test` a few from a fixed one.
///
/// `SEED` repeats a run and `COUNT` sets its length. An input that breaks a rule is kept in Tests/Fuzz/regressions, where
/// every later run replays it.
@Suite("Fuzz", .serialized, .timeLimit(.minutes(30)))
struct FuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let seed = environment["SEED"].flatMap { UInt64($0) } ?? 1
    private static let count = environment["COUNT"].flatMap { Int($0) } ?? 3000
    private static let folder =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Fuzz/regressions")

    @Test("the parser does not depend on how bytes are split, and always says what is wrong")
    func parser() throws {
        try run("http", Corpus.requests, count: Self.count) { bytes, random in Rules.parser(bytes, &random) }
    }

    @Test("JSON reads what it writes, and places every error")
    func json() throws {
        try run("json", Corpus.texts, count: Self.count) { bytes, _ in Rules.json(bytes) }
    }

    @Test("the running server answers whatever it is sent, and serves the next one")
    func server() throws {
        let target = try FuzzedServer()
        // A connection or two for each input: fewer of them fill the same time.
        try run("http", Corpus.requests, count: Self.count / 2) { bytes, _ in target.fault(bytes) }
        #expect(target.server.stop() == 0)
        #expect(!target.server.standardError.contains("Fatal"))
    }

    @Test("what once broke a rule breaks none now")
    func regressions() throws {
        let target = try FuzzedServer()
        var random = Seeded(1)
        for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted() {
            let bytes = [UInt8](try Data(contentsOf: Self.folder.appendingPathComponent(name)))
            let fault =
                name.hasSuffix(".json") ? Rules.json(bytes) : Rules.parser(bytes, &random) ?? target.fault(bytes)
            #expect(fault == nil, "\(name)")
        }
    }

    private func run(
        _ kind: String, _ mutator: Mutator, count: Int, _ fault: ([UInt8], inout Seeded) -> String?
    ) throws {
        print("fuzz: SEED=\(Self.seed) COUNT=\(Self.count), \(count) inputs of \(kind)")
        var random = Seeded(Self.seed)
        for number in 0..<count {
            let bytes = mutator.input(&random)
            guard let fault = fault(bytes, &random) else { continue }
            let file = Self.folder.appendingPathComponent("seed-\(Self.seed)-\(number).\(kind)")
            try Data(bytes).write(to: file)
            Issue.record("SEED=\(Self.seed), input \(number), kept in \(file.path): \(fault)")
            // One is enough to work on, and the rest is likely of its kind.
            return
        }
    }
}

/// The built program under fire.
final class FuzzedServer {
    let server: RunningServer

    init() throws {
        server = try RunningServer(["--log", "json"])
    }

    /// Sends bytes and says what is wrong with what comes back.
    ///
    /// Each request and each refusal that a parser finds in them has its answer. Whether one that asks for leave to go on
    /// gets it depends on how fast its content comes, so there only some answer is asked for.
    func fault(_ bytes: [UInt8]) -> String? {
        do {
            let connection = try Connection(port: server.port)
            try connection.send(bytes)
            connection.finishSending()
            let statuses = try Self.statuses(connection.receiveToEnd())
            let events = Rules.events(bytes)
            let isAsked = events.contains { $0.status == 100 }
            guard isAsked ? !statuses.isEmpty : statuses.count == events.count else { return "answers \(statuses)" }
            for (event, status) in zip(events, statuses) where !isAsked && (event.status ?? status) != status {
                return "\(status), not \(event)"
            }
            if let status = statuses.first(where: { $0 >= 500 && $0 != 501 && $0 != 505 }) { return "status \(status)" }
            let next = try Connection(port: server.port)
            try next.send("GET", "/healthz")
            let answer = try next.receive()
            return answer.status == 200 ? nil : "then \(answer.status) for the next one"
        } catch {
            return "\(error)"
        }
    }

    /// Status lines only: which answers are to HEAD cannot be told without a second parser.
    private static func statuses(_ bytes: [UInt8]) -> [Int] {
        let marker = Array("HTTP/1.1 ".utf8)
        return bytes.indices.dropLast(marker.count + 2).compactMap { start in
            guard bytes[start...].starts(with: marker), start == 0 || bytes[start - 1] == 10 || bytes[start - 1] == 125
            else { return nil }
            return Int(String(decoding: bytes[(start + marker.count)..<(start + marker.count + 3)], as: UTF8.self))
        }
    }
}
