import Foundation
import JSON
import Testing

/// Foundation's parser as the reference, wherever both mean the same grammar.
@Suite struct FoundationTests {
    /// What Foundation makes of bytes, or nil where it refuses them.
    private func reference(_ bytes: [UInt8]) -> Any? {
        try? JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
    }

    /// Whether Foundation read the same value, as far as it keeps it: numbers to a `Double`'s precision, no order.
    private func agrees(_ value: JSONValue, _ reference: Any) -> Bool {
        switch value {
        case .null: return reference is NSNull
        case .boolean(let flag): return (reference as? NSNumber)?.boolValue == flag
        case .number(let number):
            guard let other = reference as? NSNumber, let own = Double(number.text) else { return false }
            return abs(own - other.doubleValue) <= abs(own) * 1e-15
        case .string(let string): return (reference as? String)?.hasSameBytes(as: string) ?? false
        case .array(let elements):
            guard let others = reference as? [Any], others.count == elements.count else { return false }
            return zip(elements, others).allSatisfy(agrees)
        case .object(let object):
            guard let others = reference as? [String: Any], others.count == object.members.count else { return false }
            return object.members.allSatisfy { member in others[member.name].map { agrees(member.value, $0) } ?? false }
        }
    }

    @Test("Both read the same values", arguments: 1001...1100 as ClosedRange<UInt64>)
    func sameValues(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = encoded(try generator.value())
        let other = try #require(reference(bytes), "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        #expect(agrees(try JSONValue(parsing: bytes), other), "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
    }

    @Test("Foundation reads what the writer escapes")
    func escapes() throws {
        let all = String(String.UnicodeScalarView((0..<0x300).compactMap(Unicode.Scalar.init)))
        #expect((reference(encoded(.string(all))) as? String)?.hasSameBytes(as: all) == true)
    }

    /// What Foundation takes though RFC 8259 does not.
    private static let tooLenient: [JSONError.Reason] = [.trailingComma, .byteOrderMark, .notUTF8Encoding]

    @Test(
        "Both refuse the same broken texts, apart from what Foundation is known to let through",
        arguments: RejectTests.structure + RejectTests.literals + RejectTests.numbers + RejectTests.strings
            + RejectTests.encodings)
    func sameRefusals(example: RejectTests.Case) {
        guard !Self.tooLenient.contains(example.reason) else { return }
        #expect(reference(example.input) == nil)
    }

    @Test(
        "Random damage never crashes, and what is still accepted Foundation accepts too",
        arguments: 1...40 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let original = encoded(.array([try generator.value(), try generator.value(), try generator.value()]))
        var accepted = 0
        for _ in 0..<300 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes, &generator) }
            guard let value = try? JSONValue(parsing: bytes) else { continue }
            accepted += 1
            #expect(try JSONValue(parsing: encoded(value)) == value, "seed \(seed)")
            // A number beyond Double's range is the one thing accepted here that Foundation refuses.
            guard !hasHugeNumber(value) else { continue }
            #expect(reference(bytes) != nil, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(accepted < 300)
    }

    private func damage(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        let tokens = Array("{}[]:,\"\\/u0123456789eE+-. \n\u{1}tfn".utf8) + [0x80, 0xC3, 0xE2, 0xED, 0xF4, 0xFF, 0x00]
        let token = tokens.randomElement(using: &generator)!
        guard !bytes.isEmpty else { return bytes.append(token) }
        let index = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes[index] = token
        case 1: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.insert(token, at: index)
        case 3: bytes.remove(at: index)
        default: bytes.swapAt(index, Int.random(in: 0..<bytes.count, using: &generator))
        }
    }

    private func hasHugeNumber(_ value: JSONValue) -> Bool {
        switch value {
        case .number(let number): Double(number.text).map { !$0.isFinite } ?? true
        case .array(let elements): elements.contains(where: hasHugeNumber)
        case .object(let object): object.members.contains { hasHugeNumber($0.value) }
        default: false
        }
    }
}
