import VendorKit

/// The command `completion`: prints a script made from the commands and flags themselves.
enum Completion {
    static func run(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        guard let word = arguments.first, !word.hasPrefix("-") else {
            throw UsageError("completion needs a shell: understudy completion\(Command.completion.usage)")
        }
        _ = try Arguments(Array(arguments.dropFirst()), flags: [], environment: environment)
        guard let shell = Shell(rawValue: word) else {
            throw UsageError(
                "unknown shell '\(word)'", nearest: Spelling.nearest(to: word, in: Command.completion.words))
        }
        switch shell {
        case .bash: Output.standard.write(BashCompletion.script)
        case .zsh: Output.standard.write(ZshCompletion.script)
        }
        return 0
    }
}

/// The shells for which there are completion scripts.
enum Shell: String, CaseIterable {
    case bash, zsh
}

extension Flag {
    /// The words that the value is one of; empty when it is something else.
    var choices: [String] {
        guard let placeholder, placeholder.contains("|") else { return [] }
        return placeholder.split(separator: "|").map(String.init)
    }

    /// Whether the value names a file.
    var takesFile: Bool { placeholder == "FILE" }
}

/// What completes words in bash.
enum BashCompletion {
    static var script: String {
        """
        # Completes understudy in bash: eval "$(understudy completion bash)"
        _understudy() {
            local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} command=serve index
            # bash takes the sign in --log=text for a word.
            if [[ $word == = ]]; then
                word=
            elif [[ $previous == = ]]; then
                previous=${COMP_WORDS[COMP_CWORD-2]}
            fi
            COMPREPLY=()
            for ((index = 1; index < COMP_CWORD; index++)); do
                if [[ ${COMP_WORDS[index]} == -- ]]; then
                    COMPREPLY=($(compgen -c -f -- "$word"))
                    return
                fi
            done
            case $previous in
        \(values)    esac
            if ((COMP_CWORD == 1)) && [[ $word != -* ]]; then
                COMPREPLY=($(compgen -W '\(Command.allCases.map(\.rawValue).joined(separator: " "))' -- "$word"))
                return
            fi
            if [[ ${COMP_WORDS[1]} != -* ]]; then command=${COMP_WORDS[1]}; fi
            case $command in
        \(commands)    esac
        }
        complete -F _understudy understudy

        """
    }

    /// What may follow each flag that takes a value; a name means the same for every command.
    private static var values: String {
        var seen: Set<String> = []
        return Command.allCases.flatMap(\.flags).filter { $0.placeholder != nil && seen.insert($0.name).inserted }
            .map { flag in
                let reply =
                    if flag.takesFile {
                        "COMPREPLY=($(compgen -f -- \"$word\")); return"
                    } else if flag.choices.isEmpty {
                        "return"
                    } else {
                        "COMPREPLY=($(compgen -W '\(flag.choices.joined(separator: " "))' -- \"$word\")); return"
                    }
                return "        --\(flag.name)) \(reply) ;;\n"
            }.joined()
    }

    /// The flags and words that may follow each command.
    private static var commands: String {
        Command.allCases.map { command in
            let words = command.words + command.flags.map { "--" + $0.name } + ["--help"]
            let files = command.takesFile ? " -f" : ""
            return """
                        \(command.rawValue)) COMPREPLY=($(compgen -W '\(words.joined(separator: " "))'\(files) -- "$word")) ;;

                """
        }.joined()
    }
}

/// What completes words in zsh.
enum ZshCompletion {
    static var script: String {
        """
        #compdef understudy
        # Completes understudy in zsh: eval "$(understudy completion zsh)", after compinit
        _understudy() {
            local command=serve
            if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then
                local -a commands
                commands=(
        \(commands)        )
                _describe command commands
                return
            fi
            if [[ $words[2] != -* ]]; then
                command=$words[2]
                shift words
                (( CURRENT-- ))
            fi
            case $command in
        \(arguments)    esac
        }
        if [ "$funcstack[1]" = _understudy ]; then
            _understudy "$@"
        else
            compdef _understudy understudy
        fi

        """
    }

    private static var commands: String {
        Command.allCases.map { command in
            "            \("\(command.rawValue):\(command.summary)".shellWord)\n"
        }.joined()
    }

    private static var arguments: String {
        Command.allCases.map { command in
            var specifications = command.flags.map(specification) + ["--help[Explains the command.]"]
            if !command.words.isEmpty { specifications.append("1: :(\(command.words.joined(separator: " ")))") }
            if command.takesFile { specifications.append("1: :_files") }
            if command == .exec { specifications.append("*:: :_normal") }
            let lines = specifications.map { " \\\n            " + $0.shellWord }
            return "        \(command.rawValue)) _arguments\(lines.joined()) ;;\n"
        }.joined()
    }

    /// A flag in the language of `_arguments`.
    private static func specification(_ flag: Flag) -> String {
        let help = flag.help.substituting("[", with: #"\["#).substituting("]", with: #"\]"#)
        guard let placeholder = flag.placeholder else { return "--\(flag.name)[\(help)]" }
        let values = flag.takesFile ? "_files" : flag.choices.isEmpty ? "" : "(\(flag.choices.joined(separator: " ")))"
        return "--\(flag.name)=[\(help)]:\(flag.choices.isEmpty ? placeholder : "value"):\(values)"
    }
}
