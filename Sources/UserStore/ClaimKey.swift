/// The 16 bytes under which a claim is stored: the sandbox's number, big-endian, and 96 bits of a keyed hash of vendor,
/// kind and value.
///
/// Short keys keep the claims' b-tree small, and writing to it is most of what a user costs. The sandbox in front keeps
/// one test's claims on few pages, and makes wiping a sandbox a range. Two values of one sandbox share a key with
/// probability n²/2^97: for ten million claims 6 in 10^16, and the store's own secret keeps anybody from searching for
/// such a pair.
struct ClaimKey: Sendable {
    let bytes: InlineArray<16, UInt8>

    init(vendor: VendorNumber, kind: UInt8, value: String, in sandbox: SandboxID, secret: (UInt64, UInt64)) {
        var hash = SipHash128(key: secret)
        hash.append(vendor.rawValue)
        hash.append(kind)
        hash.append(value.utf8.span)
        let (first, second) = hash.finalize()
        var bytes = InlineArray<16, UInt8>(repeating: 0)
        for index in 0..<4 { bytes[index] = UInt8(truncatingIfNeeded: sandbox.rawValue >> Int32(24 - 8 * index)) }
        for index in 0..<8 { bytes[4 + index] = UInt8(truncatingIfNeeded: first >> UInt64(8 * index)) }
        for index in 0..<4 { bytes[12 + index] = UInt8(truncatingIfNeeded: second >> UInt64(8 * index)) }
        self.bytes = bytes
    }

    /// What the keys of the sandbox of that number begin with, as an SQL literal that sorts before all of them.
    static func prefix(of sandbox: Int32) -> String {
        let digits = String(sandbox, radix: 16)
        return "x'" + String(repeating: "0", count: 8 - digits.count) + digits + "'"
    }
}
