/// The number of a sandbox within its store, from 1.
package struct SandboxID: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32

    package init(rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// The highest number that a user's id has room for: 20 bits.
    static let maximum: Int32 = (1 << 20) - 1
}

/// The number by which a vendor is known in the store, 0 to 7; it must never change once users exist.
package struct VendorNumber: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8

    /// Takes a number below 8, which is what a user's id has room for; a higher one is a fault of the program.
    package init(rawValue: UInt8) {
        precondition(rawValue < 8)
        self.rawValue = rawValue
    }
}

/// The number of a user within its store: 20 bits of sandbox, 3 of vendor, 40 of ordinal.
///
/// It is the row's number in the database, so that finding a user by it needs no index of its own, and a vendor can
/// derive the id that it shows from it and back.
package struct UserID: RawRepresentable, Hashable, Comparable, Sendable {
    package let rawValue: Int64

    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Composes an id; an ordinal outside of 0 ..< 2^40 is a fault of the program.
    package init(sandbox: SandboxID, vendor: VendorNumber, ordinal: Int64) {
        precondition(ordinal >= 0 && ordinal < UserID.ordinals)
        rawValue = Int64(sandbox.rawValue) << 43 | Int64(vendor.rawValue) << 40 | ordinal
    }

    /// The sandbox that the user lives in.
    package var sandbox: SandboxID {
        SandboxID(rawValue: Int32(truncatingIfNeeded: rawValue >> 43))
    }

    /// The vendor that made the user.
    package var vendor: VendorNumber {
        VendorNumber(rawValue: UInt8(truncatingIfNeeded: rawValue >> 40) & 7)
    }

    /// The user's number among those of the same sandbox and vendor: from 1, growing, never used twice; only deletions
    /// leave gaps.
    package var ordinal: Int64 {
        rawValue & (UserID.ordinals - 1)
    }

    /// Orders ids by sandbox, vendor and age.
    package static func < (left: UserID, right: UserID) -> Bool {
        left.rawValue < right.rawValue
    }

    static let ordinals: Int64 = 1 << 40

    /// The row numbers of all users of one sandbox.
    static func range(of sandbox: SandboxID) -> ClosedRange<Int64> {
        let first = Int64(sandbox.rawValue) << 43
        return first...(first | (1 << 43 - 1))
    }

    /// The row numbers of all users of one vendor in one sandbox.
    static func range(of vendor: VendorNumber, in sandbox: SandboxID) -> ClosedRange<Int64> {
        let first = UserID(sandbox: sandbox, vendor: vendor, ordinal: 0).rawValue
        return first...(first | (ordinals - 1))
    }
}
