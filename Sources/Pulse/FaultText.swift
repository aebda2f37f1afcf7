import VendorKit

/// Words what is wrong with a body, for the one `message` that Pulse's envelope has.
/// (Evidence: the message on the email is inferred from the vendor's guide, the others are ours.)
enum FaultText {
    /// Faults that are named; the rest is counted, so that no small body gets a huge answer.
    static let maximumFaults = 20
    /// Characters that are repeated of a value that was sent.
    static let maximumEcho = 64

    /// All faults, in the order of the schema.
    static func of(_ problems: [FieldProblem]) -> String {
        var texts = problems.prefix(maximumFaults).map(text)
        if problems.count > maximumFaults { texts.append("and \(problems.count - maximumFaults) more") }
        return texts.joined(separator: "; ")
    }

    private static func text(_ problem: FieldProblem) -> String {
        let place = problem.path.isEmpty ? "the body" : problem.dottedPath
        if place == "email" { return "email is required and must be a valid email address" }
        return switch problem.fault {
        case .missing: "\(place) is required"
        case .wrongType("integer", "number"): "\(place) must be an integer of at most 64 bits"
        case .wrongType(let expected, let received): "\(place) must be of type \(expected), not \(received)"
        case .notOneOf(PulseEvents.all, let received): "\(place) must be one of PulseEvents, not \(echo(received))"
        case .notOneOf(let values, let received):
            "\(place) must be one of \(values.joined(separator: ", ")), not \(echo(received))"
        case .breaks(let words): "\(place) \(words)"
        case .unknownReference(let value): "\(place) names nothing that exists: \(echo(value))"
        case .tooShort, .tooLong, .malformed, .blank, .notAnEmail, .notAPhone, .notAUUID, .unknownMember, .mustEqual:
            "\(place) is invalid"
        }
    }

    private static func echo(_ value: String) -> String {
        let start = value.unicodeScalars.prefix(maximumEcho)
        return start.endIndex == value.endIndex ? value : String(start) + "…"
    }
}
