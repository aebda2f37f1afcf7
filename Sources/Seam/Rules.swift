import VendorKit

/// What Seam's module does, and how that is known.
enum Rules {
    /// What this vendor shows of the rules that hold at every vendor.
    static let shared = [
        Rule("known_path", .vendor, "seamapi/fake-seam-connect: 404; the type is ours"),
        Rule("known_method", .vendor, "seamapi/nextlove: 405, method_not_allowed"),
        Rule("media_type", .vendor, "seamapi/nextlove: 400, invalid_content_type"),
        Rule("body_limit", .vendor, "seamapi/fake-seam-connect: 413 from 1 MB on; the type is ours"),
    ]

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
    static let clientSession = Rule(
        "client_session", .vendor, "seamapi/types lets it read; client_session_not_found by seamapi/fake-seam-connect")
    static let clientSessionForm = Rule("client_session_form", .vendor, "seamapi/fake-seam-connect")
    static let queryForm = Rule("query_form", .vendor, "query parsing of seamapi/nextlove")
    static let branches = Rule("one_of_two_keys", .vendor, "a union in seamapi/types, worded by seamapi/nextlove")
    static let known = Rule(
        "user_identity_exists", .vendor,
        "type and message by the fake's acs/users/create; 404 as production's device_not_found")
    static let cursor = Rule("cursor_bound_to_parameters", .vendor, "lists of seamapi/fake-seam-connect")
    static let created = Rule("create", .documented, "/user_identities/create")
    static let got = Rule("get", .documented, "/user_identities/get")
    static let listed = Rule(
        "list", .documented, "/user_identities/list; the order is the fake's: creation, then id")
    static let updated = Rule("update", .documented, "/user_identities/update: omitted stays, null clears")
    static let deleted = Rule("delete", .documented, "/user_identities/delete; that claims are free at once is ours")
    static let merged = Rule(
        "merge", .vendor, "/user_identities/merge of seamapi/types: ids and keys go on resolving to the survivor")
    static let bodyIsObject = Rule("body_is_object", .ours, "a jsonBody route of seamapi/nextlove answers so")
}
