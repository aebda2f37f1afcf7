import Glibc
import VendorKit

/// The program: reads its command line, does one command, and says how it ended.
enum Program {
    /// Runs one command.
    ///
    /// - Returns: the exit code: 0 when all is well, 1 for an error, 2 for wrong usage.
    static func run(_ arguments: [String], environment: Environment) -> Int32 {
        // Whoever read our output may go at any time; writing then fails, and that is all.
        signal(SIGPIPE, SIG_IGN)
        do throws(UsageError) {
            let (command, rest) = try command(in: arguments)
            if command != .help, rest.contains("--help") || rest.contains("-h") {
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
        case .health: return try Probe.run(arguments, environment, retries: false)
        case .wait: return try Probe.run(arguments, environment, retries: true)
        case .routes:
            _ = try Arguments(arguments, flags: [], environment: environment)
            Output.standard.write(Help.routes(Vendors.standard))
        case .version:
            _ = try Arguments(arguments, flags: [], environment: environment)
            Output.standard.write("understudy \(Understudy.version)\n")
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

/// The commands, by the word that calls them.
enum Command: String, CaseIterable {
    case serve, health, wait, routes, version, help

    /// The command that a word calls.
    static func named(_ word: String) throws(UsageError) -> Command {
        guard let command = Command(rawValue: word) else {
            throw UsageError(
                "unknown command '\(word)'", nearest: Spelling.nearest(to: word, in: allCases.map(\.rawValue)))
        }
        return command
    }

    /// One line for a person.
    var summary: String {
        switch self {
        case .serve: "Serves the vendors; the command when none is named."
        case .health: "Asks a server once whether it is well; exit code 0 or 1."
        case .wait: "Waits until a server is well; exit code 0, or 1 when the time is over."
        case .routes: "Lists every operation that is served."
        case .version: "Prints the version."
        case .help: "Prints this text, or that of a command."
        }
    }

    /// The flags that the command takes.
    var flags: [Flag] {
        switch self {
        case .serve: Flag.serve
        case .health, .wait: Flag.probe
        case .routes, .version, .help: []
        }
    }
}
