/// The values of a command's flags, from the command line, the environment and the defaults, in this order.
struct Arguments: Sendable {
    /// A value with the name by which the user gave it, so that a complaint points to the right place.
    private struct Value {
        let text: String
        let origin: String
    }

    private var values: [String: Value] = [:]

    /// Reads arguments: `--name value` and `--name=value`, in any order; of a flag that comes twice the last counts.
    ///
    /// - Throws: `UsageError` for a flag that the command does not have, one without its value, and any other word.
    init(_ arguments: [String], flags: [Flag], environment: Environment) throws(UsageError) {
        for flag in flags {
            if let (variable, text) = environment.value(of: flag) {
                values[flag.name] = Value(text: text, origin: variable)
            } else if let text = flag.standard {
                values[flag.name] = Value(text: text, origin: "--\(flag.name)")
            }
        }
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            guard argument.hasPrefix("-"), argument != "-" else {
                throw UsageError("unexpected argument '\(argument)'")
            }
            let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let flag = flags.first(where: { "--\($0.name)" == parts[0] }) else {
                let name = String(parts[0].drop { $0 == "-" })
                throw UsageError(
                    "unknown flag '\(parts[0])'",
                    nearest: Spelling.nearest(to: name, in: flags.map(\.name)).map { "--" + $0 })
            }
            let text = try Self.value(of: flag, parts.count == 2 ? String(parts[1]) : nil, &rest)
            values[flag.name] = Value(text: text, origin: "--\(flag.name)")
        }
    }

    /// The value that stands behind the equals sign, or else in the next argument; a switch needs none.
    private static func value(
        of flag: Flag, _ given: String?, _ rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        if flag.placeholder == nil { return given ?? "true" }
        // `--db --port 0` has forgotten the file, and would make one named `--port`.
        if given == nil, rest.first?.hasPrefix("--") == true { throw UsageError(needsValue: flag) }
        guard let value = given ?? rest.popFirst(), !value.isEmpty else { throw UsageError(needsValue: flag) }
        return value
    }

    /// The value of a flag, or nil when it was given nowhere and has no default.
    subscript(name: String) -> String? { values[name]?.text }

    /// Whether a switch is on.
    ///
    /// - Throws: `UsageError` for a value that is neither yes nor no.
    func isOn(_ name: String) throws(UsageError) -> Bool {
        switch self[name] ?? "false" {
        case "true", "1", "yes", "on": return true
        case "false", "0", "no", "off": return false
        default: throw complaint(name, "is true or false")
        }
    }

    /// A whole number within bounds.
    func integer(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int {
        let text = self[name] ?? ""
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
            throw complaint(name, "is a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// A time, up to a day.
    func seconds(_ name: String) throws(UsageError) -> Duration {
        .seconds(try integer(name, in: 1...86_400))
    }

    /// One of a few words.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(UsageError) -> Choice
    where Choice.RawValue == String {
        guard let choice = Choice(rawValue: self[name] ?? "") else {
            let words = Choice.allCases.map(\.rawValue)
            throw complaint(
                name, "is one of \(words.joined(separator: ", "))",
                nearest: Spelling.nearest(to: self[name] ?? "", in: words))
        }
        return choice
    }

    /// A text of at least one character without control characters or blanks.
    func word(_ name: String) throws(UsageError) -> String {
        let text = self[name] ?? ""
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw complaint(name, "is printable ASCII without blanks")
        }
        return text
    }

    /// What is wrong with the value of a flag, under the name by which it was given.
    func complaint(_ name: String, _ rule: String, nearest: String? = nil) -> UsageError {
        UsageError("'\(values[name]?.origin ?? "--" + name)' \(rule), not '\(self[name] ?? "")'", nearest: nearest)
    }

    /// A length of time, in milliseconds: `500ms`, `10s`, `2m`; a bare number is seconds.
    func duration(_ name: String) throws(UsageError) -> Int {
        let text = self[name] ?? ""
        for (unit, factor) in [("ms", 1), ("s", 1000), ("m", 60_000), ("", 1000)] where text.hasSuffix(unit) {
            let digits = text.dropLast(unit.count)
            guard digits.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
                let number = Double(digits), number * Double(factor) < 1e9
            else { break }
            return Int(number * Double(factor))
        }
        throw complaint(name, "is a time such as 500ms, 10s or 2m")
    }
}

/// Wrong usage of the command line: exit code 2.
struct UsageError: Error {
    let message: String

    init(_ message: String, nearest: String? = nil) {
        self.message = message + (nearest.map { "; did you mean '\($0)'?" } ?? "")
    }

    /// A flag came without its value.
    init(needsValue flag: Flag) {
        self.init("'--\(flag.name)' needs a value: \(flag.usage)")
    }
}
