/// The commands, by the word that calls them.
enum Command: String, CaseIterable {
    case serve, exec, health, wait, env, reset, export, `import`, validate, routes, completion, version, help

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
        case .exec: "Serves while a command runs, which finds the server in its environment; exit code of the command."
        case .health: "Asks a server once whether it is well; exit code 0 or 1."
        case .wait: "Waits until a server is well; exit code 0, or 1 when the time is over."
        case .env: "Prints the variables that lead the vendors' clients to a server, for eval."
        case .reset: "Empties a server's sandboxes, or one of them; exit code 0 or 1."
        case .export: "Writes a server's whole store to FILE, which --db and import take; exit code 0 or 1."
        case .import: "Puts FILE in the place of a server's whole store; exit code 0 or 1."
        case .validate: "Checks the FILE of a seed and tells everything that is wrong; exit code 0 or 1."
        case .routes: "Lists every operation that is served, and what the vendors are known to have beside."
        case .completion: "Prints a script that completes commands and flags in bash or zsh."
        case .version: "Prints the version."
        case .help: "Prints this text, or that of a command."
        }
    }

    /// The flags that the command takes.
    var flags: [Flag] {
        switch self {
        case .serve: Flag.serve
        case .exec: Flag.exec
        case .health, .wait: Flag.probe
        case .env: [Flag.url]
        case .reset: Flag.probe + Flag.reset
        case .validate: Flag.validate
        case .export, .import: Flag.probe + [Flag.adminToken]
        case .routes, .completion, .version, .help: []
        }
    }

    /// The words that may follow the command in place of flags.
    var words: [String] {
        switch self {
        case .help: Command.allCases.map(\.rawValue)
        case .completion: Shell.allCases.map(\.rawValue)
        default: []
        }
    }

    /// Whether a file's name follows the command.
    var takesFile: Bool {
        switch self {
        case .validate, .export, .import: true
        default: false
        }
    }

    /// What follows the command, in a help text.
    var usage: String {
        switch self {
        case .exec: " [FLAGS] -- COMMAND [ARGUMENTS]"
        case .completion: " \(words.joined(separator: "|"))"
        case .help: " [COMMAND]"
        case .validate, .export, .import: " FILE [FLAGS]"
        default: flags.isEmpty ? "" : " [FLAGS]"
        }
    }

    /// What a person needs to know beyond the flags, in the command's own help; nil when that is all.
    var example: String? {
        switch self {
        case .exec:
            """
            The command gets UNDERSTUDY_URL and what `understudy env` prints. Example:
              understudy exec -- npm test
            """
        case .env: "Example:\n  eval \"$(understudy env)\""
        case .completion:
            """
            Examples:
              eval "$(understudy completion bash)"    in ~/.bashrc
              eval "$(understudy completion zsh)"     in ~/.zshrc, after compinit
            """
        default: nil
        }
    }
}
