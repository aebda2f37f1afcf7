/// Reads a deflated text bit by bit, the lowest of each byte first (RFC 1951 3.1.1).
struct BitReader {
    let bytes: [UInt8]
    /// The next byte that no bit was taken from.
    private(set) var position: Int
    private var held: UInt32 = 0
    private var count = 0

    init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// Takes up to 16 bits, the first as the lowest.
    mutating func bits(_ wanted: Int) throws(CodingError) -> Int {
        while count < wanted { try fill() }
        let value = held & (1 << UInt32(wanted) - 1)
        held >>= UInt32(wanted)
        count -= wanted
        return Int(value)
    }

    /// Leaves the rest of the byte that was begun.
    ///
    /// No more than seven bits are ever held, since each is asked for before its byte is read.
    mutating func skipToByte() {
        held = 0
        count = 0
    }

    /// Takes whole bytes, once the reader stands between two.
    mutating func take(_ wanted: Int) throws(CodingError) -> ArraySlice<UInt8> {
        guard wanted <= bytes.count - position else { throw .damaged }
        defer { position += wanted }
        return bytes[position..<(position + wanted)]
    }

    /// Takes a number of two or four bytes, the lowest first.
    mutating func number(bytes wanted: Int) throws(CodingError) -> UInt32 {
        try take(wanted).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    private mutating func fill() throws(CodingError) {
        guard position < bytes.count else { throw .damaged }
        held |= UInt32(bytes[position]) << UInt32(count)
        position += 1
        count += 8
    }
}
