/// A claim as it is held: by whom, and since which request.
struct RecentClaim: Hashable, Sendable {
    let key: ClaimKey
    /// `users.id`, or `idempotency_records.id`.
    let owner: Int64
    private let requestOrNone: Int64

    /// `request` is nil where it is the request that made the owner.
    init(key: ClaimKey, owner: Int64, request: Int64?) {
        self.key = key
        self.owner = owner
        requestOrNone = request ?? .min
    }

    var request: Int64? { requestOrNone == .min ? nil : requestOrNone }
}
