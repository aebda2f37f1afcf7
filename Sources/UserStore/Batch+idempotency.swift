internal import SQLite

extension Batch {
    /// Returns what was answered under a key, or nil when the key is free: never used, or its life is over.
    ///
    /// Both times are in milliseconds: `now` since 1970, `lifetime` from the first use.
    /// - Throws: `StoreError`.
    package mutating func idempotencyRecord(
        for key: String, vendor: VendorNumber, in sandbox: SandboxID, now: Int64,
        lifetime: Int64 = IdempotencyRecord.lifetime
    ) throws(StoreError) -> IdempotencyRecord? {
        try readClaims { batch throws(SQLiteError) in
            let hash = batch.claims.key(idempotency: key, vendor: vendor, in: sandbox)
            guard let row = try batch.claims.owner(of: hash)?.owner, let record = try batch.records.get(row)
            else { return nil }
            return record.isExpired(at: now, lifetime: lifetime) ? nil : record
        }
    }

    /// Keeps the first answer under its key, in place of one whose life was over when this one was made.
    ///
    /// Returns nil, or the record that is there and alive, which another process may have written since the look-up;
    /// then nothing of this request is kept.
    /// - Throws: `StoreError`.
    package mutating func recordIdempotency(
        _ record: IdempotencyRecord, vendor: VendorNumber, in sandbox: SandboxID,
        lifetime: Int64 = IdempotencyRecord.lifetime
    ) throws(StoreError) -> IdempotencyRecord? {
        try insert { batch throws(SQLiteError) in
            let hash = batch.claims.key(idempotency: record.key, vendor: vendor, in: sandbox)
            let row = try batch.records.nextID(of: vendor, in: sandbox)
            if try !batch.claims.take(hash, for: row, request: record.request) {
                try batch.mark()
                if let old = try batch.claims.owner(of: hash)?.owner {
                    if let first = try batch.records.get(old),
                        !first.isExpired(at: record.createdAt, lifetime: lifetime)
                    {
                        batch.refuse()
                        return first
                    }
                    try batch.records.remove(old)
                }
                try batch.claims.pass(hash, to: row, request: record.request)
            }
            try batch.records.add(record, as: row)
            batch.did(insert: .record(row))
            return nil
        }
    }

    /// Frees a key; false when it was free.
    /// - Throws: `StoreError`.
    @discardableResult
    package mutating func deleteIdempotencyRecord(
        for key: String, vendor: VendorNumber, in sandbox: SandboxID
    ) throws(StoreError) -> Bool {
        try write { batch throws(SQLiteError) in
            let hash = batch.claims.key(idempotency: key, vendor: vendor, in: sandbox)
            guard let row = try batch.claims.owner(of: hash)?.owner else { return false }
            try batch.records.remove(row)
            try batch.claims.free(hash, of: row)
            return true
        }
    }

    /// Returns at most `limit` records, expired ones too, oldest first, each with the ordinal to go on after.
    /// - Throws: `StoreError`.
    package mutating func idempotencyRecords(
        of vendor: VendorNumber, in sandbox: SandboxID, after ordinal: Int64 = 0, limit: Int
    ) throws(StoreError) -> [(ordinal: Int64, record: IdempotencyRecord)] {
        try read { batch throws(SQLiteError) in
            try batch.records.page(of: vendor, in: sandbox, after: ordinal, limit: limit)
        }
    }

    /// Looks at the next `limit` records and removes those whose life is over; at the end it begins anew.
    /// - Returns: how many were removed.
    mutating func sweep(
        limit: Int, lifetime: Int64, now: (SandboxID) -> Int64
    ) throws(StoreError) -> Int {
        let start = swept
        let rows = try read { batch throws(SQLiteError) in try batch.records.ages(after: start, limit: limit) }
        swept = rows.count < limit ? 0 : rows.last?.id.rawValue ?? 0
        let expired = rows.filter { row in now(row.id.sandbox) - row.createdAt >= lifetime }
        guard !expired.isEmpty else { return 0 }
        try write { batch throws(SQLiteError) in
            for row in expired {
                let hash = batch.claims.key(idempotency: row.key, vendor: row.id.vendor, in: row.id.sandbox)
                try batch.claims.free(hash, of: row.id.rawValue)
                try batch.records.remove(row.id.rawValue)
            }
        }
        return expired.count
    }
}
