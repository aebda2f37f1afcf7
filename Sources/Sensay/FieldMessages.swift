import VendorKit

/// The words of a 400: `path: message` for each fault, joined by commas; the messages are zod 3's.
/// (Evidence: `content: Required` was captured from the real API; the joining is ours.)
enum FieldMessages {
    static func text(_ problems: [FieldProblem]) -> String {
        var lines: [String] = []
        for problem in problems {
            // Zod reports all unknown members of one object together, at the object.
            if problem.fault == .unknownMember {
                let parent = problem.path.dropLast()
                let siblings = problems.filter { $0.fault == .unknownMember && $0.path.dropLast() == parent }
                guard siblings.first == problem else { continue }
                let names = siblings.map { "'\($0.path.last?.text ?? "")'" }.joined(separator: ", ")
                lines.append(line(Array(parent), "Unrecognized key(s) in object: \(names)"))
            } else {
                lines.append(line(problem.path, message(problem.fault)))
            }
        }
        return lines.joined(separator: ", ")
    }

    private static func line(_ path: [PathElement], _ message: String) -> String {
        path.isEmpty ? message : "\(path.map(\.text).joined(separator: ".")): \(message)"
    }

    private static func message(_ fault: FieldFault) -> String {
        switch fault {
        case .missing: "Required"
        case .wrongType(let expected, let received): "Expected \(expected), received \(received)"
        case .tooShort(let minimum): "String must contain at least \(minimum) character(s)"
        case .notAnEmail: "Invalid email"
        case .notOneOf(let values, let received):
            "Invalid enum value. Expected \(values.map { "'\($0)'" }.joined(separator: " | ")), received '\(received)'"
        case .mustEqual: "Must be the id of the current user"
        case .blank, .notAPhone, .notAUUID, .unknownMember, .unknownReference: "Invalid input"
        }
    }
}
