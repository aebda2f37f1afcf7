/// The next ordinal of each space (a sandbox, or a sandbox and a vendor), remembered in memory.
///
/// The database is asked once; another process's commit and every rollback make it forget.
struct Ordinals: Sendable {
    /// What comes next in a space, and the time of what came last.
    struct Next: Sendable {
        let ordinal: Int64
        /// Unix milliseconds; the least number where nothing came yet, or where times do not matter.
        var time = Int64.min
    }

    private var next: [Int64: Next] = [:]
    // A test run may open any number of sandboxes; what is forgotten is only looked up again.
    private static let capacity = 4_096

    /// The next ordinal of a space, or nil when it must be looked up.
    func known(in space: Int64) -> Int64? {
        next[space]?.ordinal
    }

    /// The next ordinal of a space, or nil when it must be looked up.
    subscript(space: Int64) -> Next? {
        next[space]
    }

    mutating func set(next ordinal: Int64, in space: Int64, at time: Int64 = .min) {
        if next.count >= Ordinals.capacity { next.removeAll(keepingCapacity: true) }
        next[space] = Next(ordinal: ordinal, time: time)
    }

    mutating func forget(_ space: Int64) {
        next[space] = nil
    }

    mutating func forget() {
        next.removeAll(keepingCapacity: true)
    }
}
