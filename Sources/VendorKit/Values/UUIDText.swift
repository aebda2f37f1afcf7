/// The usual writing of a UUID: 8-4-4-4-12 hexadecimal digits (RFC 9562 4).
package enum UUIDText {
    /// Tells whether a text is a UUID of any version, in any letter case.
    package static func isValid(_ text: String) -> Bool {
        bits(of: text) != nil
    }

    /// A random one of version 4, lower case.
    package static func random() -> String {
        version4(UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max))
    }

    /// Writes 128 bits as a UUID of version 4: six of them give way to version and variant.
    package static func version4(_ high: UInt64, _ low: UInt64) -> String {
        text((high & ~0xF000) | 0x4000, (low & ~(0b11 << 62)) | (0b10 << 62))
    }

    /// Writes 128 bits as they are, lower case.
    package static func text(_ high: UInt64, _ low: UInt64) -> String {
        String(ascii: bytes(high, low).span)
    }

    /// The letters of 128 bits, for a writer of bytes: a `String` in between costs 700 instructions more.
    static func bytes(_ high: UInt64, _ low: UInt64) -> InlineArray<36, UInt8> {
        var bytes = InlineArray<36, UInt8>(repeating: UInt8(ascii: "-"))
        // Inlined, so that its loops unroll: 400 instructions a UUID less.
        @inline(__always)
        func put(_ word: UInt64, _ shift: UInt64, _ positions: Range<Int>) {
            var shift = shift
            for position in positions {
                bytes[position] = hexadecimal(UInt8(truncatingIfNeeded: word >> shift) & 15)
                shift &-= 4
            }
        }
        put(high, 60, 0..<8)
        put(high, 28, 9..<13)
        put(high, 12, 14..<18)
        put(low, 60, 19..<23)
        put(low, 44, 24..<36)
        return bytes
    }

    /// The 128 bits of a text, or nil when it is no UUID.
    package static func bits(of text: String) -> (high: UInt64, low: UInt64)? {
        guard text.utf8.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for (position, byte) in text.utf8.enumerated() {
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = value(ofHexadecimal: byte) else { return nil }
            if position < 18 { high = high << 4 | digit } else { low = low << 4 | digit }
        }
        return (high, low)
    }

    private static func value(ofHexadecimal byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}

/// The lower-case hexadecimal digit of a number below 16.
package func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
}
