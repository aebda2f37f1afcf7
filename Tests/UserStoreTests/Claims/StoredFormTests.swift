import Testing

@testable import UserStore

/// What the claims' log and filters write is read again as it was.
struct StoredFormTests {
    private static let key = ClaimKey(high: 0x0000_0007_0123_4567, low: 0x89AB_CDEF_FEDC_BA98)
    private static let changes: [ClaimChange] = [
        .take(RecentClaim(key: key, owner: 1 << 60, request: nil)),
        .take(RecentClaim(key: key, owner: 2, request: -3)), .free(key),
        .free(ClaimKey(high: .max, low: 0)),
    ]

    private static var stored: [UInt8] {
        changes.reduce(into: []) { bytes, change in change.encode(to: &bytes) }
    }

    @Test func `changes come back in their order`() {
        #expect(ClaimChange.decode(StoredFormTests.stored) == StoredFormTests.changes)
        #expect(ClaimChange.decode([]) == [])
    }

    @Test func `bytes that nobody wrote are no changes`() {
        let whole = StoredFormTests.stored
        let ends = (0..<whole.count).filter { ClaimChange.decode(Array(whole[..<$0])) != nil }
        // Only where one change ends and the next begins.
        #expect(ends == [0, 25, 58, 75])
        #expect(ClaimChange.decode([0]) == nil)
        #expect(ClaimChange.decode([4]) == nil)
    }

    @Test(arguments: [0, 1, 100, 4_096, 5_000, 65_536])
    func `bits come back as they were, few or many`(set: Int) {
        var random = SplitMix(state: UInt64(set))
        var bits = [UInt8](repeating: 0, count: set == 0 ? 0 : 8_192)
        for place in (0..<65_536).shuffled(using: &random).prefix(set) { bits.set(place) }
        let stored = SparseBits.encode(bits)
        #expect(stored.count == min(2 * set, bits.count))
        #expect(SparseBits.decode(stored, count: 8_192) == bits)
    }

    @Test func `keys sort as their bytes do, and come back from them`() {
        var random = SplitMix(state: 1)
        let keys = (0..<200).map { _ in
            let sandbox = UInt64.random(in: 1...3, using: &random) << 32
            return ClaimKey(high: sandbox | random.next() >> 32, low: random.next())
        }
        let bytes = keys.map { key in (0..<16).map { key.bytes[$0] } }
        #expect(bytes.map { ClaimKey(stored: $0) } == keys)
        let sorted = bytes.sorted { left, right in left.lexicographicallyPrecedes(right) }
        #expect(keys.sorted() == sorted.map { ClaimKey(stored: $0) })
        #expect(Set(keys.map(\.bucket)).allSatisfy { (0..<RecentClaims.bucketCount).contains($0) })
        #expect(ClaimKey(stored: Array(repeating: 0, count: 15)) == nil)
    }
}
