import UserStore
import VendorKit

/// A user identity with its row.
struct Found {
    let user: StoredUser
    let identity: UserIdentity
}

extension Workspace {
    /// Finds a user identity by its id, derived or chosen, or by the id of one that was merged into it.
    ///
    /// - Throws: `notFound` when there is none.
    func find(id: String, _ batch: inout Batch) throws(Problem) -> Found {
        // One whose id was chosen has that id alone.
        if let user = try batch.user(userIdentities.number(of: id), at: Seam.number, in: sandbox),
            case let identity = try UserIdentity(stored: user), identity.chosenID == nil
        {
            return Found(user: user, identity: identity)
        }
        return try find(Claim(kind: UserIdentity.ClaimKind.id, value: id.lowercased()), &batch)
    }

    /// Finds a user identity by its key, or by the key of one that was merged into it.
    ///
    /// - Throws: `notFound` when there is none.
    func find(key: String, _ batch: inout Batch) throws(Problem) -> Found {
        try find(Claim(kind: UserIdentity.ClaimKind.key, value: key), &batch)
    }

    private func find(_ claim: Claim, _ batch: inout Batch) throws(Problem) -> Found {
        guard let user = try batch.holder(of: claim, at: Seam.number, in: sandbox) else {
            throw Problem(.notFound, by: Rules.known)
        }
        return Found(user: user, identity: try UserIdentity(stored: user))
    }

    /// Puts new fields and claims in the place of a user identity's.
    func replace(
        _ found: Found, with identity: UserIdentity, _ call: Call, _ batch: inout Batch
    ) throws(Problem) {
        _ = try batch.claimed(by: Rules.unique) { batch throws(WriteFailure) in
            try batch.replace(
                found.user.id, claims: found.identity.claims, with: identity.claims, fields: identity.stored,
                now: call.now, request: call.number)
        }
    }
}

extension Rules {
    /// The rule that forbids a second holder of a claim.
    static func unique(_ claim: Claim) -> Rule {
        claim.kind == UserIdentity.ClaimKind.key ? uniqueKey : uniqueEmailOrPhone
    }
}
