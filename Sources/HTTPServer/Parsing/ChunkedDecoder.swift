/// Decodes the chunked transfer coding, however its bytes arrive (RFC 9112 7.1).
struct ChunkedDecoder {
    enum Progress: Equatable { case needMore, done, tooLarge }

    private enum State: Equatable { case size, data(remaining: Int), dataEnd, dataEndLF, trailers }

    private let contentLimit: Int
    private var state = State.size
    private var line: [UInt8] = []
    private var extensions = 0
    private var trailers = 0
    private var trailerBytes = 0

    /// Takes at most so many bytes of content.
    init(contentLimit: Int) {
        self.contentLimit = contentLimit
    }

    /// Takes bytes from `input` at `offset` on, and leaves `offset` after the last one taken.
    mutating func consume(
        _ input: Span<UInt8>, from offset: inout Int, into body: inout [UInt8], limits: Limits
    ) throws(Refusal) -> Progress {
        while offset < input.count {
            switch state {
            case .size:
                guard try takeLine(input, &offset, limits.chunkLine, .chunkExtensionTooLong) else { return .needMore }
                let (size, extensionBytes) = try ChunkSizeLine.parse(line.span)
                extensions += extensionBytes
                guard extensions <= limits.chunkExtensions else { throw .chunkExtensionTooLong }
                line.removeAll(keepingCapacity: true)
                guard size <= contentLimit - body.count else { return .tooLarge }
                state = size == 0 ? .trailers : .data(remaining: size)
            case .data(let remaining):
                let count = min(remaining, input.count - offset)
                body.append(input, offset..<offset + count)
                offset += count
                state = count == remaining ? .dataEnd : .data(remaining: remaining - count)
            case .dataEnd:
                guard input[offset] == 0x0D else { throw .chunkEnd }
                offset += 1
                state = .dataEndLF
            case .dataEndLF:
                guard input[offset] == 0x0A else { throw .chunkEnd }
                offset += 1
                state = .size
            case .trailers:
                let bound = min(limits.fieldLine, limits.fieldSection - trailerBytes)
                guard try takeLine(input, &offset, bound, .fieldsTooLong) else { return .needMore }
                if line.isEmpty { return .done }
                // RFC 9110 6.5.1: trailers are checked as fields are, and never merged into them.
                _ = try FieldParser.parse(line.span, 0..<line.count)
                trailers += 1
                trailerBytes += line.count + 2
                guard trailers <= limits.fieldCount else { throw .tooManyFields }
                line.removeAll(keepingCapacity: true)
            }
        }
        return .needMore
    }

    /// Moves bytes up to LF into `line`; true once it is whole, then without its CR LF.
    private mutating func takeLine(
        _ input: Span<UInt8>, _ offset: inout Int, _ bound: Int, _ tooLong: Refusal
    ) throws(Refusal) -> Bool {
        let end = input.index(of: 0x0A, from: offset)
        guard line.count + (end ?? input.count) - offset <= bound else { throw tooLong }
        line.append(input, offset..<(end ?? input.count))
        offset = end.map { $0 + 1 } ?? input.count
        guard end != nil else { return false }
        guard line.last == 0x0D else { throw .bareLineFeed }
        line.removeLast()
        return true
    }
}
