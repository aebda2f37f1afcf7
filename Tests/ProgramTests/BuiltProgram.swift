import Foundation
import Testing

/// The program that stands beside this test bundle, or the one that `UNDERSTUDY_BINARY` names.
enum BuiltProgram {
    static let path: String = {
        if let path = ProcessInfo.processInfo.environment["UNDERSTUDY_BINARY"], !path.isEmpty { return path }
        let bundle = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().appendingPathComponent("understudy").path
    }()

    /// Prepares a process of the program in a folder, with its output in files there, and without any setting of
    /// whoever runs the tests; with `shell`, commands for `sh` whose process then becomes the program's.
    static func process(
        _ arguments: [String], _ environment: [String: String], in folder: ScratchFolder, output: String,
        shell: String? = nil
    ) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: shell == nil ? path : "/bin/sh")
        process.arguments = (shell.map { ["-c", $0 + #"; exec "$0" "$@""#, path] } ?? []) + arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.hasPrefix("UNDERSTUDY_") && $0.key != "PORT" }
            .merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try writing(folder.file(output + ".out"))
        process.standardError = try writing(folder.file(output + ".err"))
        return process
    }

    /// Runs a command that ends by itself.
    static func run(
        _ arguments: String..., environment: [String: String] = [:], in folder: ScratchFolder? = nil
    ) throws -> Ended {
        let folder = try folder ?? ScratchFolder()
        let output = "run-" + UUID().uuidString
        let process = try process(arguments, environment, in: folder, output: output)
        try process.run()
        if !eventually({ !process.isRunning }) {
            kill(process.processIdentifier, SIGKILL)
            Issue.record("understudy \(arguments.joined(separator: " ")) did not end")
        }
        process.waitUntilExit()
        return Ended(
            code: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: folder.text(output + ".out") ?? "", errors: folder.text(output + ".err") ?? "")
    }

    private static func writing(_ path: String) throws -> FileHandle {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }
}

/// How a command ended.
struct Ended {
    /// The exit code; negative when a signal ended it.
    let code: Int32
    let output: String
    let errors: String
}
