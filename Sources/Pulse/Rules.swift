import VendorKit

/// What Pulse's module does, and how that is known.
enum Rules {
    static let token = Rule("token", .documented, "POST /users: Authorization is required; 401 by PATCH /users/{email}")
    static let accountHeader = Rule("account_header", .documented, "POST /users: x-account-id is required")
    static let accountForm = Rule(
        "account_form", .ours, "no pattern is documented; only what cannot be an id is refused")
    static let accountAccess = Rule(
        "account_access", .vendor, "PATCH /users/{email}: 403; one answer for unknown and foreign accounts by OWASP")
    static let uniqueEmail = Rule(
        "email_unique", .vendor,
        "users are addressed by email in paths; 409 is RFC 9110 15.5.10's, letter case by convention")
    static let schema = Rule(
        "schema", .vendor, "POST /users and the guide on account users; 400 by PATCH /users/{email}")
    static let roles = Rule("roles", .vendor, "the guide on account users: roles that exist in the account")
    static let notifications = Rule("notification_preferences", .documented, "NotificationPreference and PulseEvents")

    /// The rule that a fault of the body breaks.
    static func rule(brokenBy problem: FieldProblem?) -> Rule {
        switch problem?.path.first {
        case .name("roles")?: roles
        case .name("notificationPreferences")?: notifications
        default: schema
        }
    }
}
