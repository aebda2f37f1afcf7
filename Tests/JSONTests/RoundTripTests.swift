import JSON
import Testing

@Suite struct RoundTripTests {
    @Test("What is written is read back as it was", arguments: 1...200 as ClosedRange<UInt64>)
    func roundTrip(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<5 {
            let value = try generator.value()
            let bytes = encoded(value)
            let back = try JSONValue(parsing: bytes)
            #expect(back == value, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            #expect(encoded(back) == bytes, "seed \(seed)")
        }
    }
}
