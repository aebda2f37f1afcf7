import VendorKit

/// What Connect's module does, and how that is known.
enum Rules {
    /// What this vendor shows of the rules that hold at every vendor.
    static let shared = [
        Rule("known_path", .vendor, "the errors page: 404"),
        Rule("strict_json", .vendor, "the errors page: 400; the code and what counts as JSON are ours"),
    ]

    static let apiKey = Rule("api_key", .documented, "create-user: X-API-Key; 401 by the errors page")
    static let keyLength = Rule("idempotency_key_length", .documented, "create-user: at most 256 characters")
    static let keyForm = Rule(
        "idempotency_key_form", .convention, "draft-ietf-httpapi-idempotency-key-header: one visible ASCII string")
    static let keyReused = Rule(
        "idempotency_key_mismatch", .documented,
        "create-user: a modified request is a 409; code by the idempotency page")
    static let keyInUse = Rule("idempotency_key_locked", .vendor, "the idempotency page: concurrent requests are a 409")
    static let replay = Rule("idempotency_replay", .documented, "create-user: the same result for 24 hours")
    static let known = Rule("known_id", .vendor, "the errors page: 404")
    static let created = Rule("create", .documented, "create-user")
    static let got = Rule("get", .vendor, "get-user: by the internal UUID")
    static let listed = Rule("list", .vendor, "list-users; that items come in the order of creation is ours")
    static let updated = Rule("update", .vendor, "update-user: all fields optional")
    static let customerCreated = Rule("create_customer", .vendor, "customers exist; their fields here are ours")
    static let memberAdded = Rule("add_customer_user", .vendor, "userId and role; an added user's role is replaced")
    static let schema = Rule("schema", .documented, "create-user; the error's shape by the errors page")
    static let bodyIsObject = Rule("body_is_object", .documented, "create-user")
    static let notBlank = Rule("name_not_blank", .convention, "most validators of a required name; Stripe's among them")
    static let notNull = Rule(
        "not_null", .ours, "no field of create-user is nullable; many servers read null as absent")
    static let email = Rule("email", .convention, "create-user says e-mail; the pattern is WHATWG HTML's")
    static let phone = Rule("msisdn", .vendor, "the errors page shows the check; the pattern is ITU-T E.164's")

    /// The rule that a fault of the body breaks.
    static func broken(by fault: FieldFault) -> Rule {
        switch fault {
        case .wrongType(_, received: "null"): notNull
        case .blank: notBlank
        case .notAnEmail: email
        case .notAPhone: phone
        default: schema
        }
    }
}
