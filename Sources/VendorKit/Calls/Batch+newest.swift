package import UserStore

extension Batch {
    /// Returns at most `limit` users with a lower ordinal than the one given, newest first; nil begins at the newest.
    ///
    /// The store lists users from the oldest on. Here it is asked for ranges of ordinals from the top down; where many
    /// users were deleted a range is empty, and the next user is looked for by halving: some hundred looks at single
    /// rows at the most, however many users there are and were.
    /// - Throws: `StoreError`.
    package mutating func newestUsers(
        of vendor: VendorNumber, in sandbox: SandboxID, before ordinal: Int64? = nil, limit: Int
    ) throws(StoreError) -> [StoredUser] {
        var found: [StoredUser] = []
        var top: Int64
        if let ordinal { top = ordinal - 1 } else { top = try newestOrdinal(of: vendor, in: sandbox) }
        var width = Int64(limit)
        var isNarrowing = false
        while found.count < limit, top > 0 {
            let wanted = Int64(limit - found.count)
            let floor = max(0, top - width)
            let rows = try users(
                of: vendor, in: sandbox, after: UserID(sandbox: sandbox, vendor: vendor, ordinal: floor),
                limit: Int(min(width, wanted)))
            let inRange = rows.filter { $0.id.ordinal <= top }
            if inRange.isEmpty {
                top = floor
                width = isNarrowing ? max(wanted, width / 2) : width * 2
            } else if width > wanted {
                isNarrowing = true
                width = max(wanted, width / 2)
            } else {
                found += inRange.reversed()
                top = floor
                isNarrowing = false
                width = Int64(limit - found.count)
            }
        }
        return found
    }

    /// The highest ordinal that a user has; 0 when there is none.
    private mutating func newestOrdinal(
        of vendor: VendorNumber, in sandbox: SandboxID
    ) throws(StoreError) -> Int64 {
        guard var low = try firstOrdinal(of: vendor, in: sandbox, after: 0) else { return 0 }
        var step: Int64 = 1
        while let further = try firstOrdinal(of: vendor, in: sandbox, after: low + step) {
            low = further
            step *= 2
        }
        // A user has `low`, and none has more than `high`.
        var high = low + step
        while low < high {
            let middle = low + (high - low) / 2
            if let further = try firstOrdinal(of: vendor, in: sandbox, after: middle) {
                low = further
            } else {
                high = middle
            }
        }
        return low
    }

    private mutating func firstOrdinal(
        of vendor: VendorNumber, in sandbox: SandboxID, after ordinal: Int64
    ) throws(StoreError) -> Int64? {
        let after = UserID(sandbox: sandbox, vendor: vendor, ordinal: min(ordinal, (1 << 40) - 1))
        return try users(of: vendor, in: sandbox, after: after, limit: 1).first?.id.ordinal
    }
}
