extension FieldProblem {
    /// The path as a place in a seed goes on: `.linkedAccounts[0].accountType`; empty for the body itself.
    var jsonPath: String {
        path.map { step in
            switch step {
            case .name(let name): ".\(name)"
            case .index(let index): "[\(index)]"
            }
        }.joined()
    }
}

extension FieldFault: CustomStringConvertible {
    /// What is wrong, in no vendor's words, to stand behind a place.
    package var description: String {
        switch self {
        case .missing: "is missing"
        case .wrongType(let expected, let received): "must be of type \(expected), not \(received)"
        case .tooShort(let minimum): "must have at least \(minimum) character\(minimum == 1 ? "" : "s")"
        case .tooLong(let maximum): "must have at most \(maximum) characters"
        case .malformed: "has characters that are not allowed"
        case .blank: "must not be blank"
        case .notAnEmail: "must be an e-mail address"
        case .notAPhone: "must be a phone number such as +14155550123"
        case .notAUUID: "must be a UUID"
        case .notOneOf(let values, let received): "must be one of \(values.joined(separator: ", ")), not \(received)"
        case .unknownMember: "there is no such member"
        case .mustEqual(let value): "must be \(value)"
        case .unknownReference(let value): "names what does not exist: \(value)"
        case .breaks(let words): words
        }
    }
}
