/// Reads the line that starts a chunk: `1*HEXDIG [ chunk-ext ]` (RFC 9112 7.1).
enum ChunkSizeLine {
    /// - Returns: The size and how many bytes of extensions follow it, which are checked and otherwise ignored.
    static func parse(_ line: Span<UInt8>) throws(Refusal) -> (size: Int, extensions: Int) {
        var size = 0
        var index = 0
        while index < line.count, let digit = line[index].hexDigitValue {
            guard size >> 59 == 0 else { throw .chunkSizeOverflow }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > 0 else { throw .chunkSize }
        let digits = index
        while index < line.count {
            index = try extensionEnd(line, from: index)
        }
        return (size, line.count - digits)
    }

    /// RFC 9112 7.1.1: `BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ]`.
    private static func extensionEnd(_ line: Span<UInt8>, from start: Int) throws(Refusal) -> Int {
        var index = skipSpace(line, start)
        guard index < line.count, line[index] == UInt8(ascii: ";") else { throw .chunkSize }
        index = try tokenEnd(line, from: skipSpace(line, index + 1))
        let equals = skipSpace(line, index)
        guard equals < line.count, line[equals] == UInt8(ascii: "=") else { return index }
        index = skipSpace(line, equals + 1)
        guard index < line.count, line[index] == UInt8(ascii: "\"") else { return try tokenEnd(line, from: index) }
        return try quotedEnd(line, from: index + 1)
    }

    private static func skipSpace(_ line: Span<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, line[index].isWhitespace { index += 1 }
        return index
    }

    private static func tokenEnd(_ line: Span<UInt8>, from start: Int) throws(Refusal) -> Int {
        var index = start
        while index < line.count, line[index].isToken { index += 1 }
        guard index > start else { throw .chunkExtension }
        return index
    }

    /// RFC 9110 5.6.4: up to the quote that no backslash precedes.
    private static func quotedEnd(_ line: Span<UInt8>, from start: Int) throws(Refusal) -> Int {
        var index = start
        while index < line.count, line[index].isFieldContent {
            if line[index] == UInt8(ascii: "\"") { return index + 1 }
            if line[index] == UInt8(ascii: "\\") {
                index += 1
                guard index < line.count, line[index].isFieldContent else { throw .chunkExtension }
            }
            index += 1
        }
        throw .chunkExtension
    }
}
