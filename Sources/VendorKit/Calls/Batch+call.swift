package import UserStore

extension Batch {
    /// Creates a user in a sandbox, which is made on first use, for a call.
    ///
    /// - Parameters:
    ///   - place: the ordinal that the user is to have, with the claim that is refused where it is taken; by default
    ///     the next.
    ///   - describe: the user's claims and fields, which may need the id that it is about to get.
    ///   - rule: names the rule that forbids a second holder of a claim.
    /// - Throws: `conflict` for the first claim that is taken; `internal` when the store fails.
    package mutating func create(
        _ vendor: VendorNumber, in sandbox: String, for call: Call, at place: ChosenPlace? = nil,
        uniqueBy rule: (Claim) -> Rule,
        _ describe: (UserID) -> (claims: [Claim], fields: [UInt8])
    ) throws(Problem) -> StoredUser {
        let id = try kept { batch throws(StoreError) in
            let sandbox = try batch.openSandbox(named: sandbox, now: call.now)
            guard let place else { return try batch.nextUserID(of: vendor, in: sandbox) }
            return UserID(sandbox: sandbox, vendor: vendor, ordinal: place.ordinal)
        }
        if let place, let holder = try kept({ batch throws(StoreError) in try batch.user(id) }) {
            throw Problem(.conflict(place.claim, owner: holder.id, request: holder.request), by: rule(place.claim))
        }
        let user = describe(id)
        return try claimed(by: rule) { batch throws(WriteFailure) in
            let new = NewUser(id: id, claims: user.claims, fields: user.fields)
            guard place == nil else { return try batch.place(new, now: call.now, request: call.number) }
            return try batch.create(new, now: call.now, request: call.number)
        }
    }

    /// Finds the user of a sandbox who holds a claim; nil when nobody does.
    ///
    /// - Throws: `internal` when the store fails.
    package mutating func holder(
        of claim: Claim, at vendor: VendorNumber, in sandbox: String
    ) throws(Problem) -> StoredUser? {
        try kept { batch throws(StoreError) in
            guard let sandbox = try batch.sandbox(named: sandbox),
                let owner = try batch.owner(of: claim, vendor: vendor, in: sandbox)
            else { return nil }
            return try batch.user(owner.user)
        }
    }

    /// Finds a user of a sandbox by the number that the vendor's id stands for; nil when there is none.
    ///
    /// - Throws: `internal` when the store fails.
    package mutating func user(
        _ ordinal: Int64?, at vendor: VendorNumber, in sandbox: String
    ) throws(Problem) -> StoredUser? {
        guard let ordinal, (1..<(1 << 40)).contains(ordinal) else { return nil }
        return try kept { batch throws(StoreError) in
            guard let sandbox = try batch.sandbox(named: sandbox) else { return nil }
            return try batch.user(UserID(sandbox: sandbox, vendor: vendor, ordinal: ordinal))
        }
    }

    /// Uses the store, and turns its failure into a problem of ours.
    package mutating func kept<R>(_ work: (inout Batch) throws(StoreError) -> R) throws(Problem) -> R {
        do throws(StoreError) {
            return try work(&self)
        } catch {
            throw Problem(error)
        }
    }

    /// Changes what users hold, and turns a clash into a problem of the caller.
    package mutating func claimed<R>(
        by rule: (Claim) -> Rule, _ work: (inout Batch) throws(WriteFailure) -> R
    ) throws(Problem) -> R {
        do throws(WriteFailure) {
            return try work(&self)
        } catch {
            switch error {
            case .conflict(let conflict):
                throw Problem(
                    .conflict(conflict.claim, owner: conflict.owner, request: conflict.request),
                    by: rule(conflict.claim))
            case .store(let failure): throw Problem(failure)
            }
        }
    }
}

extension Problem {
    /// A failure of the store itself.
    package init(_ error: StoreError) {
        self.init(.internal("\(error)"), by: KitRules.store)
    }
}
