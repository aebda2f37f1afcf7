import JSON
import Testing

@Suite struct StringBytesTests {
    @Test("Strings are the same only by their bytes, at every length and place", arguments: 0..<40)
    func lengths(count: Int) {
        let original = Array(repeating: UInt8(ascii: "a"), count: count)
        let string = String(decoding: original, as: UTF8.self)
        #expect(string.hasSameBytes(as: String(decoding: original, as: UTF8.self)))
        #expect(!string.hasSameBytes(as: string + "a"))
        for index in 0..<count {
            var other = original
            other[index] = UInt8(ascii: "b")
            #expect(!string.hasSameBytes(as: String(decoding: other, as: UTF8.self)))
        }
    }

    @Test(
        "What Swift holds equal may still be other bytes",
        arguments: [("é", "e\u{301}"), ("K", "\u{212A}"), ("\u{212B}", "A\u{30A}"), ("\u{2126}mega", "Ωmega")])
    func canonical(left: String, right: String) {
        #expect(!left.hasSameBytes(as: right))
        #expect(left.hasSameBytes(as: left))
    }

    @Test("A NUL and what follows it count")
    func nul() {
        #expect(!"a\u{0}b".hasSameBytes(as: "a\u{0}c"))
        #expect("a\u{0}b".hasSameBytes(as: "a\u{0}b"))
    }
}
