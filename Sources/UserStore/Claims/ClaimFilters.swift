internal import SQLite

/// For each bucket of claims, what its part of the table cannot hold, and how much of the log is in the table already.
///
/// A Bloom filter (https://doi.org/10.1145/362686.362692) of 65,536 bits, four for each key: at a million users with
/// three claims it takes one absent claim in 2,000 for one that may be there, and so saves reading a page for each.
/// Bits of claims that are gone stay until everything is emptied; they cost a look into the table.
struct ClaimFilters: ~Copyable, Sendable {
    // Nil where they were not read yet, empty where the table holds nothing.
    private var bits = [[UInt8]?](repeating: nil, count: RecentClaims.bucketCount)
    /// For each bucket the last row of the log whose claims are in the table, or were.
    private(set) var merged = [Int64](repeating: 0, count: RecentClaims.bucketCount)

    private var selectMerged: Statement
    private var select: Statement
    private var upsert: Statement
    private var empty: Statement

    private static let bytes = 1 << 13

    init(in database: borrowing Database) {
        selectMerged = Statement("SELECT bucket, merged_through FROM claim_filters", in: database)
        select = Statement("SELECT bits FROM claim_filters WHERE bucket = ?1", in: database)
        upsert = Statement(
            """
            INSERT INTO claim_filters(bucket, merged_through, bits) VALUES (?1, ?2, ?3)
            ON CONFLICT DO UPDATE SET merged_through = excluded.merged_through, bits = excluded.bits
            """, in: database)
        empty = Statement("UPDATE claim_filters SET bits = x''", in: database)
    }

    /// Reads how much is merged; the bits are read when they are asked for.
    mutating func load() throws(SQLiteError) {
        forgetBits()
        var read = [Int64](repeating: 0, count: RecentClaims.bucketCount)
        try selectMerged.each { row in
            let bucket = row.integer(0)
            if bucket >= 0, bucket < read.count { read[Int(bucket)] = row.integer(1) }
        }
        merged = read
    }

    mutating func forgetBits() {
        for bucket in bits.indices { bits[bucket] = nil }
    }

    /// Whether the table may hold the key: if not, it does not.
    mutating func mayHold(_ key: ClaimKey) throws(SQLiteError) -> Bool {
        let bits = try bits(of: key.bucket)
        guard !bits.isEmpty else { return false }
        for index in 0..<4 where !bits.isSet(key.place(index)) { return false }
        return true
    }

    /// Notes a key that the table gets; to be followed by `write`.
    mutating func add(_ key: ClaimKey) throws(SQLiteError) {
        let bucket = key.bucket
        if try bits(of: bucket).isEmpty { bits[bucket] = [UInt8](repeating: 0, count: ClaimFilters.bytes) }
        for index in 0..<4 { bits[bucket]!.set(key.place(index)) }
    }

    /// Writes a bucket's bits, and that the log is merged in it through that row.
    mutating func write(_ bucket: Int, mergedThrough row: Int64) throws(SQLiteError) {
        let stored = SparseBits.encode(try bits(of: bucket))
        merged[bucket] = row
        upsert.bind(Int64(bucket), at: 1)
        upsert.bind(row, at: 2)
        try upsert.run(with: stored.span, as: .blob, at: 3)
    }

    /// Notes the keys of a sandbox, or of all, that are in the table, and writes that.
    mutating func add(keysOf table: inout ClaimTable, in sandbox: SandboxID?) throws(SQLiteError) {
        var changed: Set<Int> = []
        var last: ClaimKey?
        repeat {
            let keys = try table.keys(in: sandbox, after: last, limit: 10_000)
            for key in keys {
                try add(key)
                changed.insert(key.bucket)
            }
            last = keys.last
        } while last != nil
        for bucket in changed.sorted() { try write(bucket, mergedThrough: merged[bucket]) }
    }

    /// Says that the table holds nothing.
    mutating func clear() throws(SQLiteError) {
        forgetBits()
        try empty.run()
    }

    private mutating func bits(of bucket: Int) throws(SQLiteError) -> [UInt8] {
        if let known = bits[bucket] { return known }
        select.bind(Int64(bucket), at: 1)
        let stored = try select.first { row in row.bytes(0) } ?? []
        let read = SparseBits.decode(stored, count: ClaimFilters.bytes)
        bits[bucket] = read
        return read
    }
}

extension ClaimKey {
    /// One of the four places of the key in its bucket's filter: 16 bits of the hash that the bucket did not take.
    fileprivate func place(_ index: Int) -> Int {
        Int(truncatingIfNeeded: low >> UInt64(16 * index)) & 0xFFFF
    }
}
