/// Bits as they are stored: all of them, or, where these take fewer bytes, the places of those that are set.
enum SparseBits {
    static func encode(_ bits: [UInt8]) -> [UInt8] {
        let set = bits.reduce(0) { count, byte in count + byte.nonzeroBitCount }
        guard 2 * set < bits.count else { return bits }
        var places: [UInt8] = []
        places.reserveCapacity(2 * set)
        for index in bits.indices where bits[index] != 0 {
            for place in index * 8..<index * 8 + 8 where bits.isSet(place) {
                places.append(UInt8(truncatingIfNeeded: place >> 8))
                places.append(UInt8(truncatingIfNeeded: place))
            }
        }
        return places
    }

    /// Returns `count` bytes of bits, at most 8,192, or none where none is set.
    static func decode(_ stored: [UInt8], count: Int) -> [UInt8] {
        guard !stored.isEmpty, stored.count < count else { return stored }
        var bits = [UInt8](repeating: 0, count: count)
        for index in stride(from: 0, to: stored.count - 1, by: 2) {
            bits.set((Int(stored[index]) << 8 | Int(stored[index + 1])) % (8 * count))
        }
        return bits
    }
}

extension [UInt8] {
    func isSet(_ place: Int) -> Bool { self[place >> 3] & 1 << UInt8(place & 7) != 0 }

    mutating func set(_ place: Int) { self[place >> 3] |= 1 << UInt8(place & 7) }
}
