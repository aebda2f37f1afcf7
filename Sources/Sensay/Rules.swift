import VendorKit

/// What Sensay's module does, and how that is known.
enum Rules {
    /// What this vendor shows of the rules that hold at every vendor.
    static let shared = [
        Rule("known_path", .vendor, "a published answer of the API: 404, before any credential"),
        Rule("media_type", .vendor, "the page on responses: 415, application/json"),
    ]

    static let secret = Rule("organization_secret", .vendor, "the authentication page")
    static let user = Rule(
        "user_id", .vendor, "the authentication page; an unknown user is a 401 to the vendor's own bot")
    static let userType = Rule("user_id_type", .vendor, "the authentication page; a 401 for an unknown type is ours")
    static let version = Rule("api_version", .vendor, "the versioning page; a 400 for a malformed date is ours")
    static let created = Rule("create_user", .documented, "POST /v1/users: 200 with the created user")
    static let updated = Rule(
        "update_current_user", .documented, "PUT /v1/users/me: 200 with the updated user; replacement by RFC 9110 9.3.4"
    )
    static let readCurrent = Rule("read_current_user", .vendor, "GET /v1/users/me: 200 with the user")
    static let deleted = Rule(
        "delete_current_user", .vendor, "DELETE /v1/users/me: 204; that all claims are free at once is inferred")
    static let read = Rule("read_user", .vendor, "GET /v1/users/{userID}: 200 with the user")
    static let knownUser = Rule(
        "known_user", .vendor,
        "GET /v1/users/{userID}: 404, described as \"User not found\"; the fingerprint is optional")
    static let name = Rule("name", .vendor, "the schema of November 2025: at most 50 characters of a pattern")
    static let schema = Rule("schema", .documented, "POST /v1/users, PUT /v1/users/me; wording by captured answers")
    static let unknownMember = Rule(
        "additional_properties", .vendor, "additionalProperties: false in the vendor's OpenAPI file")
    static let ownID = Rule("own_id", .ours, "a PUT replaces the caller's entity; another id is a client's mistake")
    static let uniqueID = Rule("id_unique", .documented, "POST /v1/users: 409 when the user exists")
    static let uniqueEmail = Rule(
        "email_unique", .documented, "POST /v1/users, PUT /v1/users/me: 409 when the email exists")
    static let uniqueAccount = Rule(
        "linked_account_unique", .documented, "POST /v1/users, PUT /v1/users/me: 409 when the linked account exists")

    /// The rule that a fault of the body breaks.
    static func broken(by fault: FieldFault) -> Rule {
        switch fault {
        case .unknownMember: unknownMember
        case .mustEqual: ownID
        case .tooLong, .malformed: name
        default: schema
        }
    }

    /// The rule that a taken claim breaks.
    static func unique(_ kind: UInt8) -> Rule {
        switch kind {
        case User.ClaimKind.id: uniqueID
        case User.ClaimKind.email: uniqueEmail
        default: uniqueAccount
        }
    }
}
