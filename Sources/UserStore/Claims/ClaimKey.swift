/// The 16 bytes under which a claim is stored: the sandbox's number, big-endian, and 96 bits of a keyed hash of vendor,
/// kind and value.
///
/// Short keys keep the claims' b-tree small, and writing to it is most of what a user costs. The sandbox in front keeps
/// one test's claims on few pages, and makes wiping a sandbox a range. Two values of one sandbox share a key with
/// probability n²/2^97: for ten million claims 6 in 10^16, and the store's own secret keeps anybody from searching for
/// such a pair.
struct ClaimKey: Hashable, Sendable {
    /// The sandbox's number and the first 32 bits of the hash: the first eight bytes, as a big-endian number.
    let high: UInt64
    /// The other 64 bits of the hash.
    let low: UInt64

    init(vendor: VendorNumber, kind: UInt8, value: String, in sandbox: SandboxID, secret: (UInt64, UInt64)) {
        var hash = SipHash128(key: secret)
        hash.append(vendor.rawValue)
        hash.append(kind)
        hash.append(value.utf8.span)
        let (first, second) = hash.finalize()
        // The hash's bytes in the order of its published form, which is little-endian.
        high = UInt64(UInt32(bitPattern: sandbox.rawValue)) << 32 | first.byteSwapped >> 32
        low = first.byteSwapped << 32 | second.byteSwapped >> 32
    }

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The key as it is stored; in the order of their bytes keys are in the order of the type.
    var bytes: InlineArray<16, UInt8> {
        InlineArray { index in UInt8(truncatingIfNeeded: (index < 8 ? high : low) >> UInt64(56 - 8 * (index & 7))) }
    }

    /// Reads a stored key; nil when it is none.
    init?(stored bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        high = bytes[..<8].reduce(0) { number, byte in number << 8 | UInt64(byte) }
        low = bytes[8...].reduce(0) { number, byte in number << 8 | UInt64(byte) }
    }

    var sandbox: SandboxID { SandboxID(rawValue: Int32(truncatingIfNeeded: high >> 32)) }

    /// What the keys of the sandbox of that number begin with, and what sorts before all of them.
    static func prefix(of sandbox: Int32) -> [UInt8] {
        (0..<4).map { index in UInt8(truncatingIfNeeded: sandbox >> Int32(24 - 8 * index)) }
    }

    /// That prefix as an SQL literal.
    static func literal(of sandbox: Int32) -> String {
        let digits = String(sandbox, radix: 16)
        return "x'" + String(repeating: "0", count: 8 - digits.count) + digits + "'"
    }
}

extension ClaimKey: Comparable {
    static func < (left: ClaimKey, right: ClaimKey) -> Bool {
        left.high == right.high ? left.low < right.low : left.high < right.high
    }
}
