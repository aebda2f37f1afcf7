import VendorKit

/// What Pulse's module does, and how that is known.
enum Rules {
    /// What this vendor shows of the rules that hold at every vendor.
    static let shared = [
        Rule("known_path", .vendor, "the reference: 404; the event not_found"),
        Rule("known_method", .vendor, "the event method_not_allowed"),
    ]

    static let token = Rule("token", .documented, "POST /users: Authorization is required; 401 by PATCH /users/{email}")
    static let accountHeader = Rule("account_header", .documented, "POST /users: x-account-id is required")
    static let accountForm = Rule(
        "account_form", .ours, "no pattern is documented; only what cannot be an id is refused")
    static let accountAccess = Rule(
        "account_access", .vendor, "PATCH /users/{email}: 403; one answer for unknown and foreign accounts by OWASP")
    static let uniqueEmail = Rule(
        "email_unique", .vendor,
        "users are addressed by email in paths; 409 is RFC 9110 15.5.10's, letter case by convention")
    static let created = Rule("create_user", .documented, "POST /users: the created user; 201 is RFC 9110 15.3.2's")
    static let read = Rule("read_user", .ours, "GET /users/{email}: the vendor has PATCH and DELETE on this path")
    static let listed = Rule(
        "list_users", .vendor, "GET /users is known to be there; the answer's shape is ours, after the guide on leads")
    static let query = Rule(
        "query", .vendor, "the guide on leads: page, pageSize, search, sort, filters; the bounds are ours")
    static let updated = Rule("update_user", .vendor, "PATCH /users/{email}: 200 with the user")
    static let deleted = Rule("delete_user", .vendor, "DELETE /users/{email}: 200 with a message")
    static let knownUser = Rule("known_user", .vendor, "PATCH and DELETE /users/{email}: 404")
    static let callerStays = Rule("caller_stays", .ours, "the user whose token it is cannot be changed or deleted")
    static let login = Rule(
        "login", .vendor, "the getting-started page: POST /auth/login; that the secret is the token is ours")
    static let session = Rule("session", .vendor, "the page on the session: GET /auth/session")
    static let schema = Rule(
        "schema", .vendor, "POST /users and the guide on account users; 400 by PATCH /users/{email}")
    static let roles = Rule("roles", .vendor, "the guide on account users: roles that exist in the account")
    static let addition = Rule("addition", .ours, "a seed adds accounts, roles and teams to a deployment")
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
