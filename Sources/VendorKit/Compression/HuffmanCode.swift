/// A canonical Huffman code, decoded by counting the codes of each length (RFC 1951 3.2.2).
struct HuffmanCode {
    /// How many symbols have a code of each length, from 0 to 15.
    private var counts = [Int](repeating: 0, count: 16)
    /// The symbols in the order of their codes.
    private var symbols: [Int]

    /// Builds the code in which each symbol has a code of the length given, or none where that is 0.
    ///
    /// - Throws: `damaged` when more codes are wanted than the lengths have room for, or fewer and there is more than
    ///   one: such a code is left unfinished by no compressor.
    init(lengths: some Collection<Int>) throws(CodingError) {
        for length in lengths { counts[length] += 1 }
        symbols = [Int](repeating: 0, count: lengths.count)
        let used = lengths.count - counts[0]
        var room = 1
        for length in 1...15 {
            room = room * 2 - counts[length]
            guard room >= 0 else { throw .damaged }
        }
        guard room == 0 || used == 0 || (used == 1 && counts[1] == 1) else { throw .damaged }
        var offsets = [Int](repeating: 0, count: 16)
        for length in 1..<15 { offsets[length + 1] = offsets[length] + counts[length] }
        for (symbol, length) in lengths.enumerated() where length > 0 {
            symbols[offsets[length]] = symbol
            offsets[length] += 1
        }
    }

    /// Reads one symbol.
    func symbol(from reader: inout BitReader) throws(CodingError) -> Int {
        var code = 0
        var first = 0
        var index = 0
        for length in 1...15 {
            code |= try reader.bits(1)
            let count = counts[length]
            if code < first + count { return symbols[index + code - first] }
            index += count
            first = (first + count) << 1
            code <<= 1
        }
        throw .damaged
    }
}
