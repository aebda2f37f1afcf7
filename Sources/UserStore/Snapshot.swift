/// The state of a sandbox, or of all, as it was kept under a name.
///
/// It holds what a reset would remove: users, claims, idempotency keys, events, and the ordinals given out.
package struct Snapshot: Hashable, Sendable {
    /// What it is found by.
    package let name: String
    /// The one sandbox that it holds; nil when it holds all.
    package let sandbox: String?
    /// Unix milliseconds.
    package let createdAt: Int64
    /// How many users it holds.
    package let users: Int
    let number: Int64
    let sandboxID: SandboxID?

    /// How many a store should keep: each is a copy of all that it holds.
    package static let maximumCount = 100
}
