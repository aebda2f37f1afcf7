internal import SQLite

extension Batch {
    /// Returns the id that a new user of this vendor gets, for `create`; asked twice without a create, it is the same.
    ///
    /// It opens the transaction, so that no other process can take the id.
    /// - Throws: `StoreError`.
    package mutating func nextUserID(
        of vendor: VendorNumber, in sandbox: SandboxID
    ) throws(StoreError) -> UserID {
        try insert { batch throws(SQLiteError) in try batch.users.nextID(of: vendor, in: sandbox) }
    }

    /// Stores a user with its claims; `now` is in Unix milliseconds, `request` the number of the request that makes it.
    /// - Throws: `.conflict` with the first claim, in the order given, that is taken; the whole request is undone then.
    package mutating func create(
        _ user: NewUser, now: Int64, request: Int64
    ) throws(WriteFailure) -> StoredUser {
        try create(user, request: request) { batch throws(SQLiteError) in
            let stored = try batch.users.add(user.id, fields: user.fields, now: now, request: request)
            batch.did(insert: .user(user.id.rawValue))
            return stored
        }
    }

    /// Stores a user as `create` does, under an id that nobody has and that need not be the next.
    ///
    /// Each 1,024 ordinals that it passes over cost a row.
    /// - Throws: as `create`.
    package mutating func place(
        _ user: NewUser, now: Int64, request: Int64
    ) throws(WriteFailure) -> StoredUser {
        try create(user, request: request) { batch throws(SQLiteError) in
            try batch.mark()
            return try batch.users.place(user.id, fields: user.fields, now: now, request: request)
        }
    }

    private mutating func create(
        _ user: NewUser, request: Int64, _ add: (inout Batch) throws(SQLiteError) -> StoredUser
    ) throws(WriteFailure) -> StoredUser {
        try claiming { batch throws(SQLiteError) in
            for claim in user.claims {
                let key = batch.claims.key(claim, vendor: user.id.vendor, in: user.id.sandbox)
                if try !batch.claims.take(key, for: user.id.rawValue, request: nil) {
                    return .failure(try batch.conflict(over: claim, key: key, request: request))
                }
            }
            return .success(try add(&batch))
        }
    }

    /// Replaces a user's fields, frees the claims it no longer makes and takes the new ones; nil when there is no such
    /// user.
    ///
    /// Claims in both lists stay as they are, with the request that made them.
    /// - Throws: `.conflict` with the first new claim that another user holds, or that stands there twice; the whole
    ///   request is undone then.
    package mutating func replace(
        _ id: UserID, claims old: [Claim], with new: [Claim], fields: [UInt8], now: Int64, request: Int64
    ) throws(WriteFailure) -> StoredUser? {
        try claiming { batch throws(SQLiteError) in
            try batch.mark()
            let kept = Set(new)
            let held = Set(old)
            var seen: Set<Claim> = []
            for claim in old where !kept.contains(claim) {
                try batch.claims.free(batch.claims.key(claim, vendor: id.vendor, in: id.sandbox), of: id.rawValue)
            }
            for claim in new {
                let isRepeated = !seen.insert(claim).inserted
                if held.contains(claim), !isRepeated { continue }
                let key = batch.claims.key(claim, vendor: id.vendor, in: id.sandbox)
                let isTaken = isRepeated ? false : try batch.claims.take(key, for: id.rawValue, request: request)
                guard isTaken else {
                    return .failure(try batch.conflict(over: claim, key: key, request: request))
                }
            }
            let user = try batch.users.change(id, fields: fields, now: now)
            if user == nil { batch.refuse() }
            return .success(user)
        }
    }

    /// Removes a user from its groups and from the store and frees its claims at once; false when there is no such user.
    /// - Throws: `StoreError`.
    @discardableResult
    package mutating func delete(
        _ id: UserID, claims: [Claim], groups: [UserID] = []
    ) throws(StoreError) -> Bool {
        try write { batch throws(SQLiteError) in
            for group in groups { try batch.memberships.remove(id, from: group) }
            for claim in claims {
                try batch.claims.free(batch.claims.key(claim, vendor: id.vendor, in: id.sandbox), of: id.rawValue)
            }
            return try batch.users.remove(id)
        }
    }

    /// Returns a user, or nil when there is none of that id.
    /// - Throws: `StoreError`.
    package mutating func user(_ id: UserID) throws(StoreError) -> StoredUser? {
        try read { batch throws(SQLiteError) in try batch.users.get(id) }
    }

    /// Returns who holds a claim, and the number of the request that made it; nil when it is free.
    /// - Throws: `StoreError`.
    package mutating func owner(
        of claim: Claim, vendor: VendorNumber, in sandbox: SandboxID
    ) throws(StoreError) -> (user: UserID, request: Int64)? {
        try readClaims { batch throws(SQLiteError) in
            let key = batch.claims.key(claim, vendor: vendor, in: sandbox)
            return try batch.claims.owner(of: key).map { (UserID(rawValue: $0.owner), $0.request ?? 0) }
        }
    }

    /// Returns at most `limit` users after the given one, oldest first.
    /// - Throws: `StoreError`.
    package mutating func users(
        of vendor: VendorNumber, in sandbox: SandboxID, after: UserID? = nil, limit: Int
    ) throws(StoreError) -> [StoredUser] {
        try read { batch throws(SQLiteError) in
            try batch.users.page(of: vendor, in: sandbox, after: after, limit: limit)
        }
    }

    private mutating func claiming<R>(
        _ body: (inout Batch) throws(SQLiteError) -> Result<R, ClaimConflict>
    ) throws(WriteFailure) -> R {
        let result: Result<R, ClaimConflict>
        do throws(StoreError) {
            result = try insert(body)
        } catch {
            throw .store(error)
        }
        switch result {
        case .success(let value): return value
        case .failure(let conflict):
            refuse()
            throw .conflict(conflict)
        }
    }

    /// Describes who holds a key that could not be taken; `request` is who asks, for a user that claims a value twice.
    private mutating func conflict(
        over claim: Claim, key: ClaimKey, request: Int64
    ) throws(SQLiteError) -> ClaimConflict {
        let holder = try claims.owner(of: key)
        return ClaimConflict(
            claim: claim, owner: UserID(rawValue: holder?.owner ?? 0), request: holder?.request ?? request)
    }
}
