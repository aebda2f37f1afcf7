import VendorKit

/// What Seam's module does, and how that is known.
enum Rules {
    static let uniqueKey = Rule(
        "user_identity_key_unique", .documented,
        "/user_identities/create: unique within the workspace; 409 and type are ours")
    static let uniqueEmailOrPhone = Rule(
        "email_or_phone_unique", .documented,
        "/user_identities/create: unique within the workspace; the type stands in Console's automation runs, 409 is ours"
    )
    static let schema = Rule("schema", .vendor, "OpenAPI and zod schemas of seamapi/types, worded by seamapi/nextlove")
    static let apiKey = Rule("api_key", .vendor, "authentication of seamapi/fake-seam-connect")
    static let tokenKinds = Rule("token_kinds", .vendor, "token prefixes of seamapi/fake-seam-connect")
    static let bodyIsObject = Rule("body_is_object", .ours, "a jsonBody route of seamapi/nextlove answers so")
}
