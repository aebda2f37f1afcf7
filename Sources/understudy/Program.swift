import VendorKit

/// The program: reads its command line, does one command, and says how it ended.
enum Program {
    /// Runs one command.
    ///
    /// - Returns: the exit code: 0 when all is well, 1 for an error, 2 for wrong usage.
    static func run(_ arguments: [String], environment: Environment) -> Int32 {
        var rest = arguments
        let first = rest.first
        let command: Command
        switch first {
        case nil, "serve"?:
            command = .serve
            if first != nil { rest.removeFirst() }
        case "--help"?, "-h"?: command = .help
        case "--version"?, "-V"?: command = .version
        case let word? where word.hasPrefix("-"): command = .serve
        case let word?:
            guard let known = Command(rawValue: word) else {
                return misused(
                    UsageError(
                        "unknown command '\(word)'",
                        nearest: Spelling.nearest(to: word, in: Command.allCases.map(\.rawValue))))
            }
            command = known
            rest.removeFirst()
        }
        if command != .help, rest.contains("--help") || rest.contains("-h") {
            Output.standard.write(Help.text(for: command))
            return 0
        }
        do throws(UsageError) {
            return try run(command, rest, environment)
        } catch {
            return misused(error)
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
            Output.standard.write("understudy \(Understudy.version)\n")
        case .help:
            Output.standard.write(arguments.first.flatMap(Command.init).map(Help.text) ?? Help.overview)
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
