/// The next ordinal of each space (a sandbox, or a sandbox and a vendor), remembered in memory.
///
/// The database is asked once; another process's commit and every rollback make it forget.
struct Ordinals: Sendable {
    private var next: [Int64: Int64] = [:]
    // A test run may open any number of sandboxes; what is forgotten is only looked up again.
    private static let capacity = 4_096

    /// The next ordinal of a space, or nil when it must be looked up.
    func known(in space: Int64) -> Int64? {
        next[space]
    }

    mutating func set(next ordinal: Int64, in space: Int64) {
        if next.count >= Ordinals.capacity { next.removeAll(keepingCapacity: true) }
        next[space] = ordinal
    }

    mutating func forget() {
        next.removeAll(keepingCapacity: true)
    }
}
