import VendorKit

/// What Connect's module does, and how that is known.
enum Rules {
    static let apiKey = Rule("api_key", .documented, "create-user: X-API-Key; 401 by the errors page")
    static let keyLength = Rule("idempotency_key_length", .documented, "create-user: at most 256 characters")
    static let keyForm = Rule(
        "idempotency_key_form", .convention, "draft-ietf-httpapi-idempotency-key-header: one visible ASCII string")
    static let keyReused = Rule(
        "idempotency_key_mismatch", .documented,
        "create-user: a modified request is a 409; code by the idempotency page")
    static let keyInUse = Rule("idempotency_key_locked", .vendor, "the idempotency page")
    static let schema = Rule("schema", .documented, "create-user; the error's shape by the errors page")
    static let bodyIsObject = Rule("body_is_object", .documented, "create-user")
}
