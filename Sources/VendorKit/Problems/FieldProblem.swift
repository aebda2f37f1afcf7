/// One rule of the body that a call breaks, at one place.
package struct FieldProblem: Sendable, Equatable {
    /// Where it is, from the outside in; empty for the body itself.
    package let path: [PathElement]
    /// What is wrong there.
    package let fault: FieldFault

    /// Notes a fault at a place.
    package init(_ path: [PathElement], _ fault: FieldFault) {
        self.path = path
        self.fault = fault
    }

    /// The path as vendors write it: `linkedAccounts.0.accountType`; empty for the body itself.
    package var dottedPath: String {
        path.map(\.text).joined(separator: ".")
    }
}

/// One step into a JSON value.
package enum PathElement: Sendable, Equatable {
    /// Into an object's member.
    case name(String)
    /// Into an array's element, counted from zero.
    case index(Int)

    /// The step as text.
    package var text: String {
        switch self {
        case .name(let name): name
        case .index(let index): String(index)
        }
    }
}

/// The ways in which a field can break its rule.
package enum FieldFault: Sendable, Equatable {
    /// A required member is absent.
    case missing
    /// The value is of another JSON type than the schema's; types as in ``JSONValue/typeName``, and `integer`,
    /// `float`.
    case wrongType(expected: String, received: String)
    /// The text has fewer characters than this.
    case tooShort(minimum: Int)
    /// The text has more characters than this.
    case tooLong(maximum: Int)
    /// The text does not match the schema's pattern.
    case malformed
    /// The text has no character but white space.
    case blank
    /// The text is no e-mail address.
    case notAnEmail
    /// The text is no telephone number in the form of E.164.
    case notAPhone
    /// The text is no UUID.
    case notAUUID
    /// The text is none of the values that the schema lists.
    case notOneOf([String], received: String)
    /// The schema has no such member and allows no other.
    case unknownMember
    /// The value must be this one, because something outside the body says so.
    case mustEqual(String)
    /// The value names something that does not exist.
    case unknownReference(String)
    /// The value breaks a rule that only one vendor has, in that vendor's words.
    case breaks(String)
}
