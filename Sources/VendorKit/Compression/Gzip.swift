/// Reads gzip files (RFC 1952): every member's length and checksum must be right, and nothing may follow the last.
enum Gzip {
    /// Unpacks all members one after the other, to at most `limit` bytes in all.
    static func decode(_ bytes: [UInt8], limit: Int) throws(CodingError) -> [UInt8] {
        var reader = BitReader(bytes)
        var output: [UInt8] = []
        repeat {
            try skipHeader(&reader)
            let start = output.count
            try Inflate.decode(&reader, into: &output, limit: limit)
            guard try reader.number(bytes: 4) == checksum(output[start...]),
                try reader.number(bytes: 4) == UInt32(truncatingIfNeeded: output.count - start)
            else { throw .damaged }
        } while reader.position < bytes.count
        return output
    }

    private static func skipHeader(_ reader: inout BitReader) throws(CodingError) {
        let start = reader.position
        guard try reader.take(3).elementsEqual([0x1F, 0x8B, 8]), let flags = try reader.take(1).first,
            flags & 0b1110_0000 == 0
        else { throw .damaged }
        _ = try reader.take(6)
        if flags & 4 != 0 { _ = try reader.take(Int(try reader.number(bytes: 2))) }
        // A file's name and a comment, each up to a NUL.
        for flag: UInt8 in [8, 16] where flags & flag != 0 {
            while try reader.take(1).first != 0 {}
        }
        if flags & 2 != 0 {
            let own = checksum(reader.bytes[start..<reader.position]) & 0xFFFF
            guard try reader.number(bytes: 2) == own else { throw .damaged }
        }
    }

    /// CRC-32, as RFC 1952 8 has it.
    static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
        ~bytes.reduce(~0) { sum, byte in table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    }

    private static let table: [UInt32] = (0..<256).map { (index: UInt32) in
        (0..<8).reduce(index) { sum, _ in sum & 1 == 0 ? sum >> 1 : 0xEDB8_8320 ^ sum >> 1 }
    }
}
