/// Reads a head line by line: the request line, then field lines up to the empty one (RFC 9112 2.1).
///
/// Works on all bytes of the head so far and remembers how far it has come, so that a head that trickles in is never
/// read twice. Each line is judged when its LF is there, or when it has grown too long: how the bytes were split does
/// not show.
struct HeadParser {
    private(set) var line = RequestLine()
    private(set) var lines: [FieldLine] = []
    private(set) var noted = NotedFields()
    /// The method is HEAD: known before the line is judged, because even a refusal of HEAD has no content.
    private(set) var isHead = false
    private var lineStart = 0
    private var scanned = 0
    /// Where the field lines start; 0 while the request line is being read.
    private var fieldsStart = 0

    /// - Returns: How many bytes the head takes, its last line included, or nil while bytes are missing.
    mutating func advance(_ head: Span<UInt8>, limits: Limits) throws(Refusal) -> Int? {
        if fieldsStart == 0, head.count >= 5 {
            isHead = RequestLineParser.isMethod("head", head, ByteRange(0, 4)) && head[4] == UInt8(ascii: " ")
        }
        while true {
            let found = head.index(of: 0x0A, from: scanned)
            try checkLength(head, upTo: found ?? head.count, limits)
            guard let lineFeed = found else {
                scanned = head.count
                return nil
            }
            // RFC 9112 2.2 would allow a bare LF; it is refused here, in chunks and in trailers alike.
            guard lineFeed > lineStart, head[lineFeed - 1] == 0x0D else { throw .bareLineFeed }
            let end = lineFeed - 1
            if fieldsStart == 0 {
                line = try RequestLineParser.parse(head, end: end)
                fieldsStart = lineFeed + 1
            } else if end == lineStart {
                return lineFeed + 1
            } else {
                try takeField(head, lineStart..<end, limits)
            }
            lineStart = lineFeed + 1
            scanned = lineStart
        }
    }

    private mutating func takeField(_ head: Span<UInt8>, _ range: Range<Int>, _ limits: Limits) throws(Refusal) {
        guard lines.count < limits.fieldCount else { throw .tooManyFields }
        let field = try FieldParser.parse(head, range)
        try noted.note(head, field)
        // One allocation holds the fields of nearly every request; growing from 1 would take five.
        if lines.isEmpty { lines.reserveCapacity(14) }
        lines.append(field)
    }

    /// RFC 9112 3, RFC 6585 5: the bound that is crossed first speaks, whether or not the line's end has come.
    private func checkLength(_ head: Span<UInt8>, upTo end: Int, _ limits: Limits) throws(Refusal) {
        guard fieldsStart > 0 else {
            guard end <= limits.requestLine else { throw RequestLineParser.tooLong(head, limit: limits.requestLine) }
            return
        }
        let ofLine = lineStart + limits.fieldLine
        let ofSection = fieldsStart + limits.fieldSection
        guard end <= min(ofLine, ofSection) else { throw ofLine < ofSection ? .fieldLineTooLong : .fieldsTooLong }
    }
}
