import VendorKit

/// The words of a 400: `path: message` for each fault, joined by commas; the messages are zod 3's.
/// (Evidence: `content: Required` was captured from the real API; the joining is ours.)
enum FieldMessages {
    static func text(_ problems: [FieldProblem]) -> String {
        var lines: [String] = []
        var rest = problems[...]
        while let problem = rest.first {
            guard problem.fault == .unknownMember else {
                lines.append(line(problem.path[...], message(problem.fault)))
                rest.removeFirst()
                continue
            }
            // Zod reports all unknown members of one object together, at the object; they stand side by side here.
            let object = problem.path.dropLast()
            let siblings = rest.prefix { $0.fault == .unknownMember && $0.path.dropLast() == object }
            let names = siblings.map { "'\($0.path.last?.text ?? "")'" }.joined(separator: ", ")
            lines.append(line(object, "Unrecognized key(s) in object: \(names)"))
            rest = rest.dropFirst(siblings.count)
        }
        return lines.joined(separator: ", ")
    }

    /// The values of an enumeration as zod lists them: `'discord' | 'telegram'`.
    static func list(_ values: [String]) -> String {
        values.map { "'\($0)'" }.joined(separator: " | ")
    }

    private static func line(_ path: ArraySlice<PathElement>, _ message: String) -> String {
        path.isEmpty ? message : "\(path.map(\.text).joined(separator: ".")): \(message)"
    }

    private static func message(_ fault: FieldFault) -> String {
        switch fault {
        case .missing: "Required"
        case .wrongType(let expected, let received): "Expected \(expected), received \(received)"
        case .tooLong(let maximum): "String must contain at most \(maximum) character(s)"
        case .malformed: "Invalid"
        case .tooShort(let minimum): "String must contain at least \(minimum) character(s)"
        case .notAnEmail: "Invalid email"
        case .notOneOf(let values, let received):
            "Invalid enum value. Expected \(list(values)), received '\(received)'"
        case .mustEqual: "Must be the id of the current user"
        case .blank, .notAPhone, .notAUUID, .unknownMember, .unknownReference, .breaks:
            "Invalid input"
        }
    }
}
