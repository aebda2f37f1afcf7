/// UUIDs that are a reversible function of a name and a number.
///
/// A user's UUID needs no index, because it can be computed back to the user's row; and the first user of a sandbox
/// has the same UUID on every run and every machine, which tests love. It looks random: the number and a checksum
/// of zeros pass through a Feistel network of six rounds keyed by the name, so a made-up UUID is recognised as
/// nobody's with a chance of one in 2^61 to be wrong. It hides nothing and is no cryptography. (Evidence: ours; the
/// vendors' ids are random.)
package struct DerivedUUID: Sendable {
    private let keys: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64)

    /// Opens the family of UUIDs of a name, such as `seam/user/` and the name of a sandbox.
    ///
    /// The name is taken in two parts because joining them costs more than all the rest: 1,800 instructions together.
    package init(_ name: String, _ rest: String = "") {
        // FNV-1a: the name is short, chosen by the tester, and needs no protection.
        var seed: UInt64 = 0xcbf2_9ce4_8422_2325
        func add(_ bytes: Span<UInt8>) {
            for index in bytes.indices { seed = (seed ^ UInt64(bytes[index])) &* 0x0000_0100_0000_01B3 }
        }
        add(name.utf8Span.span)
        add(rest.utf8Span.span)
        keys = (
            Self.mix(seed &+ 1), Self.mix(seed &+ 2), Self.mix(seed &+ 3),
            Self.mix(seed &+ 4), Self.mix(seed &+ 5), Self.mix(seed &+ 6)
        )
    }

    /// The UUID of a number from 0 to 2^61 - 1.
    package func text(of number: Int64) -> String {
        let (high, low) = bits(of: number)
        return UUIDText.text(high, low)
    }

    /// The 128 bits of the UUID of a number.
    func bits(of number: Int64) -> (high: UInt64, low: UInt64) {
        var left: UInt64 = 0
        var right = UInt64(bitPattern: number) & Self.half
        (left, right) = (right, left ^ round(right, keys.0))
        (left, right) = (right, left ^ round(right, keys.1))
        (left, right) = (right, left ^ round(right, keys.2))
        (left, right) = (right, left ^ round(right, keys.3))
        (left, right) = (right, left ^ round(right, keys.4))
        (left, right) = (right, left ^ round(right, keys.5))
        return Self.version4(left, right)
    }

    /// The number of a UUID in any letter case, or nil when the text is not one of this family.
    package func number(of text: String) -> Int64? {
        guard let (high, low) = UUIDText.bits(of: text), high & 0xF000 == 0x4000, low >> 62 == 0b10 else { return nil }
        // 60 free bits stand in the high word and 62 in the low one; the halves are 61 each.
        let top = (high >> 16) << 12 | (high & 0xFFF)
        let bottom = low & ~(0b11 << 62)
        var left = top << 1 | bottom >> 61
        var right = bottom & Self.half
        (left, right) = (right ^ round(left, keys.5), left)
        (left, right) = (right ^ round(left, keys.4), left)
        (left, right) = (right ^ round(left, keys.3), left)
        (left, right) = (right ^ round(left, keys.2), left)
        (left, right) = (right ^ round(left, keys.1), left)
        (left, right) = (right ^ round(left, keys.0), left)
        return left == 0 ? Int64(right) : nil
    }

    private static let half: UInt64 = (1 << 61) - 1

    private static func version4(_ left: UInt64, _ right: UInt64) -> (high: UInt64, low: UInt64) {
        let top = left >> 1
        let bottom = (left & 1) << 61 | right
        return ((top >> 12) << 16 | 0x4000 | (top & 0xFFF), 0b10 << 62 | bottom)
    }

    private func round(_ value: UInt64, _ key: UInt64) -> UInt64 {
        Self.mix(value ^ key) & Self.half
    }

    /// The finaliser of splitmix64: every bit of the input reaches every bit of the result.
    private static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value &+ 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
