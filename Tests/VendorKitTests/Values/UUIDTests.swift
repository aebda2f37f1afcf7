import Foundation
import Testing

@testable import VendorKit

/// UUIDs: their writing, and the ones that are derived from a name and a number.
@Suite struct UUIDTests {
    @Test(arguments: [
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "123e4567-e89b-12d3-a456-426614174000",
        "123E4567-e89b-12D3-a456-426614174000", "0198c7a0-5c1b-7def-8abc-0123456789ab",
    ])
    func `a UUID is one of any version and any case`(text: String) throws {
        let bits = try #require(UUIDText.bits(of: text))
        #expect(UUIDText.text(bits.high, bits.low) == text.lowercased())
        #expect(UUIDText.isValid(text))
        #expect(UUID(uuidString: text) != nil)
    }

    @Test(arguments: [
        "", "123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-42661417400",
        "123e4567-e89b-12d3-a456-4266141740000", "{123e4567-e89b-12d3-a456-426614174000}",
        "urn:uuid:123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400g",
        "123e4567_e89b_12d3_a456_426614174000", "123e456-7e89b-12d3-a456-426614174000",
        "123e4567-e89b-12d3-a4564-26614174000", "-123e456-e89b-12d3-a456-426614174000",
        " 23e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-42661417400\n",
        "123e4567-e89b-12d3-a456-4266141740\u{661}", "123e4567-e89b-12d3-a456-42661417400\u{FF10}", "text",
        "+23e4567-e89b-12d3-a456-426614174000", "0x3e4567-e89b-12d3-a456-426614174000",
    ])
    func `anything else is none`(text: String) {
        #expect(UUIDText.bits(of: text) == nil)
        #expect(!UUIDText.isValid(text))
    }

    @Test func `a random one is of version 4, lower case, and another each time`() throws {
        let texts = (0..<1000).map { _ in UUIDText.random() }
        #expect(Set(texts).count == 1000)
        for text in texts {
            #expect(UUID(uuidString: text)?.uuidString.lowercased() == text)
            try expectVersion4(text)
        }
    }

    @Test(arguments: [(UInt64.min, UInt64.min), (.max, .max), (0x0123_4567_89AB_CDEF, 0xFEDC_BA98_7654_3210)])
    func `version and variant replace six bits and no others`(high: UInt64, low: UInt64) throws {
        let bits = try #require(UUIDText.bits(of: UUIDText.version4(high, low)))
        #expect(bits.high == high & ~0xF000 | 0x4000)
        #expect(bits.low == low & ~(0b11 << 62) | 0b10 << 62)
    }

    private func expectVersion4(_ text: String, _ location: SourceLocation = #_sourceLocation) throws {
        let bits = try #require(UUIDText.bits(of: text), sourceLocation: location)
        #expect(bits.high >> 12 & 15 == 4, sourceLocation: location)
        #expect(bits.low >> 62 == 2, sourceLocation: location)
    }

    // MARK: - Derived

    static let family = DerivedUUID("test/family")
    static let numbers: [Int64] =
        Array(0..<2000) + (0..<61).map { 1 << $0 } + (1..<62).map { (1 << $0) - 1 }
        + (1...2000).map { $0 &* 0x2545_F491_4F6C_DD1D & (1 << 61 - 1) }

    @Test func `every number comes back from its UUID, in any case`() throws {
        for number in Self.numbers {
            let text = Self.family.text(of: number)
            #expect(Self.family.number(of: text) == number)
            #expect(Self.family.number(of: text.uppercased()) == number)
            #expect(text == text.lowercased())
            try expectVersion4(text)
        }
    }

    @Test func `no two numbers and no two names share a UUID`() {
        let numbers = Set(Self.numbers)
        let names = ["a", "b", "seam/request", "seam/user_identity/default", "seam/user_identity/defaulu", ""]
        let texts = names.flatMap { name in numbers.map { DerivedUUID(name).text(of: $0) } }
        #expect(Set(texts).count == names.count * numbers.count)
    }

    @Test func `another name's UUIDs are nobody's`() {
        let other = DerivedUUID("test/famila")
        #expect((0..<5000).allSatisfy { Self.family.number(of: other.text(of: $0)) == nil })
    }

    @Test func `made-up UUIDs are nobody's`() {
        #expect((0..<5000).allSatisfy { _ in Self.family.number(of: UUIDText.random()) == nil })
        for text in [
            "", "x", "00000000-0000-4000-8000-000000000000", "ffffffff-ffff-4fff-bfff-ffffffffffff",
            "00000000-0000-0000-0000-000000000000", "123e4567-e89b-12d3-a456-426614174000",
        ] {
            #expect(Self.family.number(of: text) == nil)
        }
    }

    @Test func `one changed digit makes a UUID nobody's`() {
        let text = Array(Self.family.text(of: 7).utf8)
        for index in text.indices where text[index] != UInt8(ascii: "-") {
            for digit in "0123456789abcdef".utf8 where digit != text[index] {
                var changed = text
                changed[index] = digit
                #expect(Self.family.number(of: String(decoding: changed, as: UTF8.self)) == nil)
            }
        }
    }

    @Test func `neighbours look unlike each other`() throws {
        var total = 0
        for number in 0..<1000 {
            let left = try #require(UUIDText.bits(of: Self.family.text(of: Int64(number))))
            let right = try #require(UUIDText.bits(of: Self.family.text(of: Int64(number + 1))))
            total += (left.high ^ right.high).nonzeroBitCount + (left.low ^ right.low).nonzeroBitCount
        }
        // 122 free bits, half of which differ between two random values.
        #expect((58...64).contains(total / 1000))
    }

    /// A store keeps none of these, so they may never change.
    @Test(
        arguments: [
            ("seam/user_identity/default", 1, "011eab3d-d166-482f-a349-467ec033b541"),
            ("seam/user_identity/default", 2, "3ba74a22-ebc1-4836-bc90-f81225e8c2a6"),
            ("seam/workspace/default", 0, "3ca5054c-b104-4047-888f-fda3b1289406"),
            ("", 0, "b6fb9634-1d07-4748-926d-f9dd777545f5"), ("x", 1 << 61 - 1, "ecf66cf0-957d-4757-91d3-a4ee28103525"),
        ] as [(String, Int64, String)])
    func `a name and a number have the same UUID for ever`(name: String, number: Int64, text: String) {
        #expect(DerivedUUID(name).text(of: number) == text)
        #expect(DerivedUUID(name).number(of: text) == number)
    }
}
