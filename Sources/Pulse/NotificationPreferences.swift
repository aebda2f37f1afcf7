import JSON
import VendorKit

/// What a user wants to be told, as sent.
///
/// The page's schema shows an object, the vendor's guide an array of `NotificationPreference`; both are taken, and come
/// back as they came. Of the object no member is known, so none is checked. (Evidence: documented and vendor; 400 for an
/// entry against its schema is ours.)
enum NotificationPreferences {
    /// The ways of telling. (Evidence: documented.)
    static let deliveries = ["website", "weekly_email_digest", "monthly_email_digest", "email", "sms"]
    private static let name = "notificationPreferences"

    /// Reads the member; an element of the array that breaks its schema is noted.
    static func read(_ reader: inout FieldReader) -> JSONValue? {
        switch reader.value(name, .optional) {
        case .absent, .null: return nil
        case .value(.object(let object)): return .object(object)
        case .value(.array(let elements)):
            for (index, element) in elements.enumerated() {
                reader.note(problems(of: element, at: [.name(name), .index(index)]))
            }
            return .array(elements)
        case .value(let other):
            reader.note(name, .wrongType(expected: "object", received: other.typeName))
            return nil
        }
    }

    private static func problems(of element: JSONValue, at place: [PathElement]) -> [FieldProblem] {
        guard case .object(let object) = element else {
            return [FieldProblem(place, .wrongType(expected: "object", received: element.typeName))]
        }
        var reader = FieldReader(object, at: place)
        if let event = reader.string("event", .required).value, !PulseEvents.names.contains(event) {
            reader.note("event", .notOneOf(PulseEvents.all, received: event))
        }
        // The schema says string; the vendor's own sample sends a number.
        switch reader.value("accountId", .optional) {
        case .absent, .null, .value(.string), .value(.number): break
        case .value(let other): reader.note("accountId", .wrongType(expected: "string", received: other.typeName))
        }
        for (index, way) in (reader.array("deliveryPref").value ?? []).enumerated() {
            guard let fault = way.fault(against: .oneOf(deliveries)) else { continue }
            reader.note([FieldProblem(place + [.name("deliveryPref"), .index(index)], fault)])
        }
        return reader.problems
    }
}
