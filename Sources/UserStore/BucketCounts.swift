internal import SQLite

/// Sets of ordinals as how many of them stand in each run of 1,024 and of 2^20, so that a rank is found without walking
/// over what comes before it.
///
/// Finding one reads a row for each 2^20 ordinals, and at most 1,024 rows of the finer kind. A space's own set is that
/// of the ordinals which no user has any more: so a create writes nothing here, and most stores have nothing here.
struct BucketCounts: ~Copyable, Sendable {
    private var change: Statement
    private var read: Statement
    private var sum: Statement
    private static let shifts: [Int64] = [20, 10]

    /// Where a rank is: the first ordinal of a run, and how many to pass over from there, fewer than 1,024.
    struct Place {
        let ordinal: Int64
        let skipped: Int64
    }

    init(in database: borrowing Database) {
        change = Statement(
            """
            INSERT INTO bucket_counts VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE SET members = members + excluded.members
            """, in: database)
        read = Statement(ListSQL.counts, in: database)
        sum = Statement(ListSQL.sum, in: database)
    }

    /// Notes that an ordinal came into a set (1) or left it (-1).
    mutating func add(_ change: Int64, at ordinal: Int64, to set: Int64) throws(SQLiteError) {
        for shift in BucketCounts.shifts { try note(change, in: (ordinal - 1) >> shift, shift, of: set) }
    }

    /// Notes that a run of ordinals came into a set: a row for each 1,024 of them.
    mutating func add(_ run: Range<Int64>, to set: Int64) throws(SQLiteError) {
        for shift in BucketCounts.shifts {
            var start = run.lowerBound
            while start < run.upperBound {
                let bucket = (start - 1) >> shift
                let end = min(run.upperBound, ((bucket + 1) << shift) + 1)
                try note(end - start, in: bucket, shift, of: set)
                start = end
            }
        }
    }

    private mutating func note(
        _ change: Int64, in bucket: Int64, _ shift: Int64, of set: Int64
    ) throws(SQLiteError) {
        self.change.bind(set, at: 1)
        self.change.bind(shift, at: 2)
        self.change.bind(bucket, at: 3)
        self.change.bind(change, at: 4)
        try self.change.run()
    }

    /// How many ordinals are in a set.
    mutating func total(of set: Int64) throws(SQLiteError) -> Int64 {
        sum.bind(set, at: 1)
        return try sum.first { row in row.integer(0) } ?? 0
    }

    /// Where the ordinal of a rank from 0 is among those in a set; nil when the set has not so many.
    mutating func place(of rank: Int64, in set: Int64) throws(SQLiteError) -> Place? {
        var passed: Int64 = 0
        var inside: Int64 = 0
        for (level, shift) in BucketCounts.shifts.enumerated() {
            var found: Int64?
            try each(of: set, shift, within: level == 0 ? nil : inside) { bucket, members in
                guard found == nil else { return }
                if rank < passed + members { found = bucket } else { passed += members }
            }
            guard let found else { return nil }
            inside = found
        }
        return Place(ordinal: (inside << BucketCounts.shifts[1]) + 1, skipped: rank - passed)
    }

    /// Where the ordinal of a rank from 0 is among those from 1 on that are not in a set.
    mutating func place(of rank: Int64, outside set: Int64) throws(SQLiteError) -> Place {
        var passed: Int64 = 0
        var inside: Int64 = 0
        for (level, shift) in BucketCounts.shifts.enumerated() {
            var found: Int64?
            var isBehind = false
            try each(of: set, shift, within: level == 0 ? nil : inside) { bucket, members in
                guard !isBehind else { return }
                // `passed` of the ordinals before the bucket are in the set, so the others rank from here to there.
                let start = (bucket << shift) - passed
                isBehind = rank < start + (1 << shift) - members
                if !isBehind { passed += members } else if rank >= start { found = bucket }
            }
            guard let found else { return Place(ordinal: rank + passed + 1, skipped: 0) }
            inside = found
        }
        let start = inside << BucketCounts.shifts[1]
        return Place(ordinal: start + 1, skipped: rank - (start - passed))
    }

    private mutating func each(
        of set: Int64, _ shift: Int64, within coarse: Int64?, _ body: (_ bucket: Int64, _ members: Int64) -> Void
    ) throws(SQLiteError) {
        let width = BucketCounts.shifts[0] - BucketCounts.shifts[1]
        read.bind(set, at: 1)
        read.bind(shift, at: 2)
        read.bind(coarse.map { $0 << width } ?? 0, at: 3)
        read.bind(coarse.map { (($0 + 1) << width) - 1 } ?? .max, at: 4)
        try read.each { row in body(row.integer(0), row.integer(1)) }
    }
}
