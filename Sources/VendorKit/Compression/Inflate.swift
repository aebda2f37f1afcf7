/// Undoes DEFLATE (RFC 1951), for input that nobody vouches for.
///
/// No more is ever written than the limit allows, nothing outside of what was written is ever copied, and each turn of
/// each loop takes bits of the input or writes a byte, so that the time is bounded by both. zlib is not used because
/// Understudy takes nothing but the toolchain and SQLite.
enum Inflate {
    /// Unpacks one deflated text and adds it to `output`, which may grow to `limit` bytes.
    ///
    /// The reader stands behind the text afterwards, at the start of a byte.
    static func decode(_ reader: inout BitReader, into output: inout [UInt8], limit: Int) throws(CodingError) {
        let start = output.count
        var isLast = false
        while !isLast {
            isLast = try reader.bits(1) == 1
            switch try reader.bits(2) {
            case 0: try copy(&reader, &output, limit)
            case 1:
                guard let fixedCodes else { throw .damaged }
                try expand(&reader, &output, from: start, limit, fixedCodes)
            case 2: try expand(&reader, &output, from: start, limit, try dynamic(&reader))
            default: throw .damaged
            }
        }
        reader.skipToByte()
    }

    /// The two codes of a block: literals with lengths, and distances.
    private typealias Codes = (literals: HuffmanCode, distances: HuffmanCode)

    /// A block as it is (3.2.4).
    private static func copy(_ reader: inout BitReader, _ output: inout [UInt8], _ limit: Int) throws(CodingError) {
        reader.skipToByte()
        let count = try reader.number(bytes: 2)
        guard try reader.number(bytes: 2) == count ^ 0xFFFF else { throw .damaged }
        guard Int(count) <= limit - output.count else { throw .tooLarge }
        output += try reader.take(Int(count))
    }

    /// A block of literals and of references to what was written before (3.2.5).
    private static func expand(
        _ reader: inout BitReader, _ output: inout [UInt8], from start: Int, _ limit: Int, _ codes: Codes
    ) throws(CodingError) {
        while true {
            let symbol = try codes.literals.symbol(from: &reader)
            if symbol == 256 { return }
            if symbol < 256 {
                guard output.count < limit else { throw .tooLarge }
                output.append(UInt8(symbol))
                continue
            }
            guard symbol < 286 else { throw .damaged }
            let length = lengths[symbol - 257] + (try reader.bits(lengthBits[symbol - 257]))
            let code = try codes.distances.symbol(from: &reader)
            guard code < 30 else { throw .damaged }
            let distance = distances[code] + (try reader.bits(distanceBits[code]))
            guard distance <= output.count - start else { throw .damaged }
            guard length <= limit - output.count else { throw .tooLarge }
            // Byte by byte: what is copied may be what this very copy has written.
            for _ in 0..<length { output.append(output[output.count - distance]) }
        }
    }

    /// The codes that need not be sent (3.2.6), built once: a block of them may be ten bits short.
    private static let fixedCodes = try? fixed()

    private static func fixed() throws(CodingError) -> Codes {
        let literals =
            [Int](repeating: 8, count: 144) + [Int](repeating: 9, count: 112) + [Int](repeating: 7, count: 24)
            + [Int](repeating: 8, count: 8)
        // Thirty-two, of which the last two never occur, make the code a whole one.
        return (try HuffmanCode(lengths: literals), try HuffmanCode(lengths: [Int](repeating: 5, count: 32)))
    }

    /// The codes that stand in front of the block (3.2.7).
    private static func dynamic(_ reader: inout BitReader) throws(CodingError) -> Codes {
        let literalCount = try reader.bits(5) + 257
        let distanceCount = try reader.bits(5) + 1
        let lengthCount = try reader.bits(4) + 4
        guard literalCount <= 286, distanceCount <= 30 else { throw .damaged }
        var own = [Int](repeating: 0, count: 19)
        for place in order.prefix(lengthCount) { own[place] = try reader.bits(3) }
        let code = try HuffmanCode(lengths: own)
        var lengths: [Int] = []
        lengths.reserveCapacity(320)
        while lengths.count < literalCount + distanceCount {
            let symbol = try code.symbol(from: &reader)
            switch symbol {
            case 16:
                guard let last = lengths.last else { throw .damaged }
                lengths += repeatElement(last, count: try reader.bits(2) + 3)
            case 17: lengths += repeatElement(0, count: try reader.bits(3) + 3)
            case 18: lengths += repeatElement(0, count: try reader.bits(7) + 11)
            default: lengths.append(symbol)
            }
        }
        // Every block has an end.
        guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else { throw .damaged }
        return (
            try HuffmanCode(lengths: lengths[..<literalCount]), try HuffmanCode(lengths: lengths[literalCount...])
        )
    }

    private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
    private static let lengths = [
        3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227,
        258,
    ]
    private static let lengthBits = [
        0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
    ]
    private static let distances = [
        1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
        6145,
        8193, 12289, 16385, 24577,
    ]
    private static let distanceBits = [
        0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
    ]
}
