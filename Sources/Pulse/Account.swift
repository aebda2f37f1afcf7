import JSON

/// One of a deployment's accounts.
struct Account: Sendable {
    let id: String
    let name: String

    /// The accounts that a token reaches in every deployment. (Evidence: the id 2311 is documented; the second one
    /// and the names are ours.)
    static let all = [
        Account(id: "2311", name: "Understudy Sales"),
        Account(id: "2312", name: "Understudy Support"),
    ]

    /// The account of an id that every deployment has, or nil.
    static func standard(_ id: String) -> Account? { all.first { $0.id.hasSameBytes(as: id) } }
}
