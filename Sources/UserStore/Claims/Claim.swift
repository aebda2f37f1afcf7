/// A value that one user holds and no other user of the same vendor in the same sandbox may.
///
/// Values are compared by their bytes: where a vendor folds case, it does so before.
package struct Claim: Sendable {
    /// The vendor's own small number for what is claimed (an email, a phone number, …), below 255.
    package let kind: UInt8
    /// The value, as the vendor compares it.
    package let value: String

    /// Makes a claim; kind 255 is the store's own and a fault of the program here.
    package init(kind: UInt8, value: String) {
        precondition(kind != Claim.idempotencyKind)
        self.kind = kind
        self.value = value
    }

    /// The kind under which the claims table finds idempotency records.
    static let idempotencyKind: UInt8 = 255
}

extension Claim: Hashable {
    /// Compares bytes, as the database does: `String`'s own `==` takes é in its two spellings for one.
    package static func == (left: Claim, right: Claim) -> Bool {
        left.kind == right.kind && left.value.utf8.elementsEqual(right.value.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        for byte in value.utf8 { hasher.combine(byte) }
    }
}

/// A claim that was refused because it is taken.
package struct ClaimConflict: Error, Equatable, Sendable {
    /// The first of the new user's claims that is taken.
    package let claim: Claim
    /// Who holds it: the new user itself when it claims one value twice.
    package let owner: UserID
    /// The number of the request that claimed it for the owner.
    package let request: Int64

    package init(claim: Claim, owner: UserID, request: Int64) {
        self.claim = claim
        self.owner = owner
        self.request = request
    }
}

/// Why a user was not written.
package enum WriteFailure: Error, Sendable {
    /// A claim is taken.
    case conflict(ClaimConflict)
    /// The database failed.
    case store(StoreError)
}
