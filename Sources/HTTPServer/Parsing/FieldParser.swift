/// Reads field lines: `field-name ":" OWS field-value OWS` (RFC 9112 5).
enum FieldParser {
    /// Reads one line, given without its CR LF and never empty.
    static func parse(_ head: Span<UInt8>, _ line: Range<Int>) throws(Refusal) -> FieldLine {
        // RFC 9112 2.2, 5.2: white space at the start would make this line part of the one before it.
        guard !head[line.lowerBound].isWhitespace else { throw .folding }
        var colon = line.lowerBound
        while colon < line.upperBound, head[colon].isToken { colon += 1 }
        guard colon < line.upperBound, head[colon] == UInt8(ascii: ":") else {
            throw nameRefusal(head, line, at: colon)
        }
        guard colon > line.lowerBound else { throw .fieldNameEmpty }
        let value = head.trimmed(colon + 1, line.upperBound)
        // RFC 9110 5.5: CR, LF and NUL are dangerous, other control bytes invalid; all are refused.
        for index in value.range where !head[index].isFieldContent {
            throw head[index] == 0x0D ? .bareCarriageReturn : .fieldValue
        }
        return FieldLine(name: ByteRange(line.lowerBound, colon), value: value)
    }

    private static func nameRefusal(_ head: Span<UInt8>, _ line: Range<Int>, at index: Int) -> Refusal {
        var colon = index
        while colon < line.upperBound, head[colon] != UInt8(ascii: ":") { colon += 1 }
        guard colon < line.upperBound else { return .fieldColon }
        return head[index].isWhitespace ? .fieldNameSpace : head[index] == 0x0D ? .bareCarriageReturn : .fieldName
    }
}
