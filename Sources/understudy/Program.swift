import Glibc
import VendorKit

/// The program: reads its command line, does one command, and says how it ended.
enum Program {
    /// Runs one command.
    ///
    /// - Returns: the exit code: 0 when all is well, 1 for an error, 2 for wrong usage.
    static func run(_ arguments: [String], environment: Environment) -> Int32 {
        // Whoever read our output may go at any time, and a file may be as big as `ulimit -f` lets it be; writing then
        // fails, and that is all.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        do throws(UsageError) {
            let (command, rest) = try command(in: arguments)
            // What stands behind `--` is for the command that `exec` runs.
            let ours = rest.prefix { $0 != "--" }
            if command != .help, ours.contains("--help") || ours.contains("-h") {
                Output.standard.write(Help.text(for: command))
                return 0
            }
            return try run(command, rest, environment)
        } catch {
            return misused(error)
        }
    }

    /// The command, which is `serve` when flags come first, and what follows it.
    private static func command(in arguments: [String]) throws(UsageError) -> (Command, [String]) {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case nil: return (.serve, [])
        case "--help"?, "-h"?: return (.help, rest)
        case "--version"?, "-V"?: return (.version, rest)
        case let word? where word.hasPrefix("-"): return (.serve, arguments)
        case let word?: return (try Command.named(word), rest)
        }
    }

    private static func run(_ command: Command, _ arguments: [String], _ environment: Environment) throws(UsageError)
        -> Int32
    {
        switch command {
        case .serve: return try Serve.run(arguments, environment)
        case .exec: return try Exec.run(arguments, environment)
        case .health: return try Probe.run(arguments, environment, retries: false)
        case .wait: return try Probe.run(arguments, environment, retries: true)
        case .env: return try ClientVariables.print(arguments, environment)
        case .reset: return try Reset.run(arguments, environment)
        case .export: return try Transfer.export(arguments, environment)
        case .import: return try Transfer.import(arguments, environment)
        case .completion: return try Completion.run(arguments, environment)
        case .validate: return try SeedFile.validate(arguments, environment)
        case .routes:
            _ = try Arguments(arguments, flags: [], environment: environment)
            Output.standard.write(Help.routes(Vendors.standard))
        case .version:
            _ = try Arguments(arguments, flags: [], environment: environment)
            Output.standard.write("understudy \(Version.current)\n")
        case .help:
            let topic = try arguments.first.map(Command.named)
            _ = try Arguments(Array(arguments.dropFirst()), flags: [], environment: environment)
            Output.standard.write(topic.map(Help.text) ?? Help.overview)
        }
        return 0
    }

    private static func misused(_ error: UsageError) -> Int32 {
        Output.error.write("understudy: \(error.message)\nRun 'understudy help' for all commands and flags.\n")
        return 2
    }
}
