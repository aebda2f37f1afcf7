import JSON
import VendorKit

/// One element of an error's `details`: what is wrong with one property, and perhaps what would be right.
/// (Evidence: vendor, the errors page; `INVALID_TYPE` and the suggestions' words are ours.)
struct Detail {
    let message: String
    let code: String
    let property: String
    var suggestion: String?

    init(message: String, code: String, property: String) {
        self.message = message
        self.code = code
        self.property = property
    }

    /// Words a fault of the body.
    init(_ problem: FieldProblem) {
        property = problem.path.isEmpty ? "body" : problem.dottedPath
        let subject = problem.path.isEmpty ? "Request body" : property.prefix(1).uppercased() + property.dropFirst()
        switch problem.fault {
        case .missing:
            (message, code) = ("\(subject) is required", "FIELD_REQUIRED")
        case .wrongType(let expected, _):
            let article = expected == "object" || expected == "array" || expected == "integer" ? "an" : "a"
            (message, code) = ("\(subject) must be \(article) \(expected)", "INVALID_TYPE")
        case .blank, .tooShort:
            (message, code) = ("\(subject) must not be blank", "INVALID_FORMAT")
        case .notAnEmail:
            (message, code) = ("\(subject) format is invalid", "INVALID_FORMAT")
            suggestion = "Use an address such as john.doe@example.com"
        case .notAPhone:
            (message, code) = ("\(subject) format is invalid", "INVALID_FORMAT")
            suggestion = "Use the E.164 format, such as +15551234567"
        case .breaks(let words):
            (message, code) = ("\(subject) \(words)", "INVALID_FORMAT")
        case .notAUUID, .notOneOf, .unknownMember, .mustEqual, .unknownReference, .tooLong, .malformed:
            (message, code) = ("\(subject) is invalid", "INVALID_FORMAT")
        }
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("message", message)
        json.member("code", code)
        json.member("property", property)
        if let suggestion { json.member("suggestion", suggestion) }
        json.endObject()
    }
}
