/// The values of a command's flags, from the command line, the environment and the defaults, in this order.
struct Arguments: Sendable {
    private var values: [String: String] = [:]

    /// Reads arguments: `--name value` and `--name=value`, in any order.
    ///
    /// - Throws: `UsageError` for a flag that the command does not have, one without its value, and any other word.
    init(_ arguments: [String], flags: [Flag], environment: Environment) throws(UsageError) {
        for flag in flags { values[flag.name] = environment[flag.variable] ?? flag.standard }
        if environment["UNDERSTUDY_PORT"] == nil, let port = environment["PORT"], values["port"] != nil {
            values["port"] = port
        }
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("--") else { throw UsageError("unexpected argument '\(argument)'") }
            let parts = argument.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let flag = flags.first(where: { $0.name == name }) else {
                throw UsageError(
                    "unknown flag '--\(name)'",
                    nearest: Spelling.nearest(to: name, in: flags.map(\.name)).map { "--" + $0 })
            }
            if parts.count == 2 {
                values[name] = String(parts[1])
            } else if flag.placeholder == nil {
                values[name] = "true"
            } else if let value = rest.popFirst() {
                values[name] = value
            } else {
                throw UsageError("'--\(name)' needs a value: \(flag.usage)")
            }
        }
    }

    /// The value of a flag, or nil when it was given nowhere and has no default.
    subscript(name: String) -> String? { values[name] }

    /// Whether a switch is on.
    ///
    /// - Throws: `UsageError` for a value that is neither yes nor no.
    func isOn(_ name: String) throws(UsageError) -> Bool {
        switch values[name] ?? "false" {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off", "": return false
        case let other: throw UsageError("'--\(name)' is true or false, not '\(other)'")
        }
    }

    /// A whole number within bounds.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int {
        let text = values[name] ?? ""
        guard let number = Int(text), range.contains(number), text.utf8.first != UInt8(ascii: "+") else {
            throw UsageError("'--\(name)' is a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(UsageError) -> Choice
    where Choice.RawValue == String {
        let text = values[name] ?? ""
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue)
            throw UsageError(
                "'--\(name)' is one of \(words.joined(separator: ", ")), not '\(text)'",
                nearest: Spelling.nearest(to: text, in: words))
        }
        return choice
    }

    /// A text of at least one character without control characters or blanks.
    func word(_ name: String) throws(UsageError) -> String {
        let text = values[name] ?? ""
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw UsageError("'--\(name)' must be printable ASCII without blanks, and not empty")
        }
        return text
    }

    /// A length of time, in milliseconds: `500ms`, `10s`, `2m`; a bare number is seconds.
    func duration(_ name: String) throws(UsageError) -> Int {
        let text = values[name] ?? ""
        for (unit, factor) in [("ms", 1), ("s", 1000), ("m", 60_000), ("", 1000)] where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), number >= 0, number * Double(factor) < 1e9 else {
                break
            }
            return Int(number * Double(factor))
        }
        throw UsageError("'--\(name)' is a time such as 500ms, 10s or 2m, not '\(text)'")
    }
}

/// Wrong usage of the command line: exit code 2.
struct UsageError: Error {
    let message: String

    init(_ message: String, nearest: String? = nil) {
        self.message = message + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }
}
