import Testing

@testable import VendorKit

@Suite("Packed bodies")
struct GzipTests {
    @Test(
        "each form that a compressor has is read",
        arguments: [
            (Packed.stored, Packed.text), (Packed.fixed, Packed.text), (Packed.dynamic, Packed.long),
            (Packed.everyField, Packed.text), (Packed.members, Packed.text),
            (Packed.overlapping, [UInt8](repeating: UInt8(ascii: "a"), count: 300)),
        ])
    func forms(_ packed: [UInt8], _ text: [UInt8]) throws {
        #expect(try Gzip.decode(packed, limit: 1 << 20) == text)
        #expect(try Gzip.decode(packed, limit: text.count) == text)
        #expect(throws: CodingError.tooLarge) { try Gzip.decode(packed, limit: text.count - 1) }
    }

    private static let all = [
        Packed.stored, Packed.fixed, Packed.dynamic, Packed.everyField, Packed.members, Packed.overlapping,
    ]

    @Test("one that was cut anywhere is damaged", arguments: all)
    func cut(_ packed: [UInt8]) {
        for count in packed.indices {
            // A member may be whole where another one should follow.
            guard (try? Gzip.decode(Array(packed[..<count]), limit: 1 << 20)) != nil else { continue }
            #expect(packed == Packed.members && packed[count...].starts(with: [0x1F, 0x8B]))
        }
    }

    @Test("one with a bit changed is damaged, or the bit means nothing", arguments: all)
    func flipped(_ packed: [UInt8]) throws {
        let text = try Gzip.decode(packed, limit: 1 << 20)
        for index in packed.indices {
            for bit in 0..<8 {
                var changed = packed
                changed[index] ^= 1 << bit
                // Time, system and the like are nobody's concern.
                if let read = try? Gzip.decode(changed, limit: 1 << 16) { #expect(read == text) }
            }
        }
    }

    @Test("bytes that nobody packed never do worse than fail")
    func noise() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let noise = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
            var output: [UInt8] = []
            var reader = BitReader(noise)
            try? Inflate.decode(&reader, into: &output, limit: 1_000)
            #expect(output.count <= 1_000)
        }
    }

    @Test("what follows the last member, and what is no member, is damaged")
    func rest() {
        for bytes in [[], [0x1F], Packed.fixed + [0], Packed.fixed + Packed.text, Packed.text] {
            #expect(throws: CodingError.damaged) { try Gzip.decode(bytes, limit: 1 << 20) }
        }
    }

    @Test("a mebibyte of the smallest blocks is read in time", .timeLimit(.minutes(10)))
    func manyBlocks() {
        // Empty blocks of the fixed codes, ten bits each, without an end.
        let bytes =
            [UInt8](repeating: 0, count: 0) + (0..<209_715).flatMap { _ in [0x02, 0x08, 0x20, 0x80, 0x00] as [UInt8] }
        var reader = BitReader(bytes)
        var output: [UInt8] = []
        #expect(throws: CodingError.damaged) { try Inflate.decode(&reader, into: &output, limit: 1 << 20) }
        #expect(output.isEmpty)
    }

    @Test("the checksum is that of the standard")
    func checksum() {
        #expect(Gzip.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        #expect(Gzip.checksum([UInt8]()) == 0)
    }
}
