import Foundation
import Testing

/// One `understudy serve` on a free port, with a folder of its own; killed at the latest when the test is over.
final class RunningServer {
    let folder: ScratchFolder
    let port: Int
    private let process: Process
    private let output: String

    /// Starts a server and waits until it takes connections.
    ///
    /// - Parameters:
    ///   - arguments: further ones; the port and the port file are given.
    ///   - database: the file in the folder, or `:memory:`.
    ///   - shell: commands for `sh` to run before.
    init(
        _ arguments: [String] = [], environment: [String: String] = [:], in folder: ScratchFolder? = nil,
        database: String = ":memory:", port: String? = "0", shell: String? = nil
    ) throws {
        self.folder = try folder ?? ScratchFolder()
        output = "serve-" + UUID().uuidString
        let portFile = self.folder.file(output + ".port")
        var all = ["serve", "--port-file", portFile, "--db", database] + arguments
        if let port { all += ["--port", port] }
        process = try BuiltProgram.process(all, environment, in: self.folder, output: output, shell: shell)
        try process.run()
        let (process, path) = (process, portFile)
        _ = eventually { !process.isRunning || FileManager.default.fileExists(atPath: path) }
        let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
        // The file appears whole: nobody ever reads half a number, or one without its line end.
        guard text.hasSuffix("\n"), let number = Int(text.dropLast()) else {
            kill(process.processIdentifier, SIGKILL)
            throw NotServing(port: text, errors: self.folder.text(output + ".err") ?? "")
        }
        self.port = number
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    /// The name of its port file in the folder.
    var portFile: String { output + ".port" }
    /// What it has written to stdout.
    var standardOutput: String { folder.text(output + ".out") ?? "" }
    /// What it has written to stderr.
    var standardError: String { folder.text(output + ".err") ?? "" }

    /// Sends it a signal.
    func send(_ signal: Int32) {
        kill(process.processIdentifier, signal)
    }

    /// Waits until it has ended.
    ///
    /// - Returns: the exit code; negative when a signal ended it.
    func end() -> Int32 {
        if !eventually({ !process.isRunning }) {
            Issue.record("the server did not end")
            kill(process.processIdentifier, SIGKILL)
        }
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }

    /// Stops it as a container does.
    @discardableResult
    func stop() -> Int32 {
        send(SIGTERM)
        return end()
    }

    /// Sends one request on a connection of its own.
    func ask(
        _ method: String, _ path: String, _ fields: [(String, String)] = [], body: String? = nil
    ) throws -> WireAnswer {
        let connection = try Connection(port: port)
        try connection.send(method, path, fields, body: body)
        return try connection.receive()
    }

    /// Makes a user on a connection of its own.
    func ask(_ operation: VendorOperation, _ number: Int = 1) throws -> WireAnswer {
        try ask(operation.method, operation.prefixed, operation.fields(number), body: operation.body(number))
    }
}

struct NotServing: Error {
    let port: String
    let errors: String
}
