import JSON

/// What a schema says of a text beyond its being one; which text has which rule, and why, stands with the vendor.
package enum TextRule: Sendable {
    /// At least one character.
    case notEmpty
    /// At least one scalar without Unicode's White_Space property, so that a schema's pattern can say the same.
    case notBlank
    /// An e-mail address, ``EmailAddress``.
    case email
    /// A telephone number, ``PhoneNumber``.
    case phone
    /// A UUID in its usual writing, ``UUIDText``. (Evidence: vendor, zod's check, which Seam's schemas use.)
    case uuid
    /// One of a list.
    case oneOf([String])

    /// What is wrong with a text, or nil.
    package func fault(of text: String) -> FieldFault? {
        switch self {
        case .notEmpty: text.isEmpty ? .tooShort(minimum: 1) : nil
        case .notBlank: text.unicodeScalars.allSatisfy(\.properties.isWhitespace) ? .blank : nil
        case .email: EmailAddress.isValid(text) ? nil : .notAnEmail
        case .phone: PhoneNumber.isValid(text) ? nil : .notAPhone
        case .uuid: UUIDText.isValid(text) ? nil : .notAUUID
        case .oneOf(let values):
            values.contains { $0.hasSameBytes(as: text) } ? nil : .notOneOf(values, received: text)
        }
    }
}
