internal import SQLite

/// Who holds what, each key once: recent claims in memory and in a log, the others in a table.
///
/// A claim's place in the table is random, so with a million users each one written there at once costs a page to read
/// and a page to log. Here a batch logs its claims in one row, a filter in memory tells that the table does not have
/// them, and they move to the table a bucket at a time, several to a page. A user with three claims takes 26 µs of CPU
/// time beside a million others, and 22 beside a thousand; written at once they took 39, with 10 more for the
/// checkpoints, and 29.
struct Claims: ~Copyable, Sendable {
    /// The key of the hash.
    var secret: (UInt64, UInt64)
    private let limit: Int
    private var recent = RecentClaims()
    private var log: ClaimLog
    private var filters: ClaimFilters
    private var table: ClaimTable
    private var requestOf: Statement
    private var isLoaded = false
    // What undoes the current request: the claims before each of its changes, and the log's length.
    private var replaced: [(key: ClaimKey, claim: RecentClaim?)] = []
    private var mark = 0

    /// So many buckets are moved at once: more than a batch needs to move as many claims as it brings, so that a log
    /// that a crash left long gets shorter.
    private static let moved = 8

    /// - Parameter limit: how many claims may be recent.
    init(secret: (UInt64, UInt64), limit: Int, in database: borrowing Database) {
        self.secret = secret
        self.limit = limit
        log = ClaimLog(in: database)
        filters = ClaimFilters(in: database)
        table = ClaimTable(in: database)
        requestOf = Statement("SELECT request FROM users WHERE id = ?1", in: database)
    }

    func key(_ claim: Claim, vendor: VendorNumber, in sandbox: SandboxID) -> ClaimKey {
        ClaimKey(vendor: vendor, kind: claim.kind, value: claim.value, in: sandbox, secret: secret)
    }

    func key(idempotency key: String, vendor: VendorNumber, in sandbox: SandboxID) -> ClaimKey {
        ClaimKey(vendor: vendor, kind: Claim.idempotencyKind, value: key, in: sandbox, secret: secret)
    }

    /// Claims the key for the owner; false when it is taken.
    mutating func take(_ key: ClaimKey, for owner: Int64, request: Int64?) throws(SQLiteError) -> Bool {
        let place = try place(of: key)
        guard place.claim == nil, try findInTable(key) == nil else { return false }
        set(RecentClaim(key: key, owner: owner, request: request), at: place)
        return true
    }

    /// Who holds the key, and the number of the request that took it: nil while the owner itself is not written yet.
    mutating func owner(of key: ClaimKey) throws(SQLiteError) -> (owner: Int64, request: Int64?)? {
        guard let claim = try find(key) else { return nil }
        if let request = claim.request { return (claim.owner, request) }
        requestOf.bind(claim.owner, at: 1)
        return (claim.owner, try requestOf.first { row in row.integer(0) })
    }

    /// Frees the key, if the owner holds it; where that was not a recent claim, inside of a savepoint.
    mutating func free(_ key: ClaimKey, of owner: Int64) throws(SQLiteError) {
        let place = try place(of: key)
        if let claim = place.claim {
            if claim.owner == owner { free(claim, at: place) }
        } else if let claim = try findInTable(key), claim.owner == owner {
            try table.remove(key)
        }
    }

    /// Gives a key that is taken to another owner, inside of a savepoint.
    mutating func pass(_ key: ClaimKey, to owner: Int64, request: Int64) throws(SQLiteError) {
        let place = try place(of: key)
        if place.claim == nil { try table.remove(key) }
        set(RecentClaim(key: key, owner: owner, request: request), at: place)
    }

    /// Frees all keys of a sandbox, or of all, but for those in the table; outside of requests.
    mutating func emptyRecent(of sandbox: SandboxID?) throws(SQLiteError) {
        try load()
        for claim in recent.all(of: sandbox) {
            recent.remove(at: recent.place(of: claim.key))
            log.append(.free(claim.key))
        }
        if sandbox == nil { try filters.clear() }
    }

    /// The claims of a sandbox, or of all, that the table does not have.
    mutating func recent(of sandbox: SandboxID?) throws(SQLiteError) -> [RecentClaim] {
        try load()
        return recent.all(of: sandbox)
    }

    /// Takes note of the keys of a sandbox, or of all, that were put into the table by other ways; outside of requests.
    mutating func noteTable(of sandbox: SandboxID?) throws(SQLiteError) {
        try load()
        try filters.add(keysOf: &table, in: sandbox)
    }

    /// Makes what was changed since the last call the next thing to undo.
    mutating func keepRequest() {
        replaced.removeAll(keepingCapacity: true)
        mark = log.mark
    }

    /// Undoes what was changed since `keepRequest`, but for the table, which its savepoint undoes.
    mutating func undoRequest() {
        for (key, claim) in replaced.reversed() {
            let place = recent.place(of: key)
            if let claim { recent.set(claim, at: place) } else { recent.remove(at: place) }
        }
        log.undo(to: mark)
        keepRequest()
    }

    /// Writes the batch's changes to the log, and moves claims that are too many to be recent.
    mutating func write() throws(SQLiteError) {
        guard isLoaded else { return }
        try log.write()
        mark = log.mark
        guard isTooMuch || recent.count == 0 else { return }
        for _ in 0..<Claims.moved where isTooMuch {
            guard let bucket = oldestBucket else { break }
            try move(bucket)
        }
        try log.trim(through: oldestBucket.map { filters.merged[$0] } ?? log.next - 1)
    }

    /// Forgets what is remembered of the database's content.
    mutating func forget() {
        isLoaded = false
        recent = RecentClaims()
        replaced.removeAll(keepingCapacity: true)
        mark = 0
    }
}

extension Claims {
    private mutating func find(_ key: ClaimKey) throws(SQLiteError) -> RecentClaim? {
        if let claim = try place(of: key).claim { return claim }
        return try findInTable(key)
    }

    /// Where the key is among the recent claims, which are read where they were not yet.
    private mutating func place(of key: ClaimKey) throws(SQLiteError) -> RecentClaims.Place {
        try load()
        return recent.place(of: key)
    }

    private mutating func findInTable(_ key: ClaimKey) throws(SQLiteError) -> RecentClaim? {
        try filters.mayHold(key) ? try table.find(key) : nil
    }

    private mutating func free(_ claim: RecentClaim, at place: RecentClaims.Place) {
        replaced.append((claim.key, claim))
        recent.remove(at: place)
        log.append(.free(claim.key))
    }

    private mutating func set(_ claim: RecentClaim, at place: RecentClaims.Place) {
        replaced.append((claim.key, place.claim))
        recent.set(claim, at: place)
        log.append(.take(claim))
    }

    /// Reads what is recent: what the log says, but for what is in the table.
    /// - Throws: `.corrupt` when nothing of ours wrote the log.
    mutating func load() throws(SQLiteError) {
        guard !isLoaded else { return }
        try filters.load()
        let merged = filters.merged
        var claims = RecentClaims()
        try log.load(after: merged.max() ?? 0) { row, change in
            switch change {
            case .take(let claim):
                if row > merged[claim.key.bucket] { claims.set(claim, at: claims.place(of: claim.key)) }
            case .free(let key):
                claims.remove(at: claims.place(of: key))
            }
        }
        recent = claims
        mark = 0
        isLoaded = true
    }

    /// A log of changes that cancel each other out grows without many claims being recent.
    private var isTooMuch: Bool { recent.count > limit || log.bytes > 80 * limit }

    /// Of the buckets with claims the one that was not moved for longest.
    private var oldestBucket: Int? {
        var oldest: Int?
        for bucket in filters.merged.indices {
            let isOlder = oldest.map { filters.merged[bucket] < filters.merged[$0] } ?? true
            if isOlder, !recent.isEmpty(bucket: bucket) { oldest = bucket }
        }
        return oldest
    }

    private mutating func move(_ bucket: Int) throws(SQLiteError) {
        for claim in recent.removeAll(in: bucket) {
            try table.add(claim)
            try filters.add(claim.key)
        }
        try filters.write(bucket, mergedThrough: log.next - 1)
    }
}
