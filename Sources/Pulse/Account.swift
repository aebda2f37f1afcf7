/// One of a deployment's accounts: the same in every sandbox.
struct Account: Sendable {
    let id: String
    let name: String

    /// The accounts that a token reaches. (Evidence: the id 2311 is documented; the second one and the names are
    /// ours.)
    static let all = [
        Account(id: "2311", name: "Understudy Sales"),
        Account(id: "2312", name: "Understudy Support"),
    ]
}
