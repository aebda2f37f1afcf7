extension JSONParser {
    /// Reads a string from its opening quote past its closing one (RFC 8259 §7).
    mutating func string(_ bytes: Span<UInt8>) throws(JSONError) -> String {
        let start = position + 1
        let run = PlainRun(from: start, bytes)
        if run.end < bytes.count, bytes[run.end] == UInt8(ascii: "\"") {
            // Nearly every string is one run with no escape: copied once, straight from the input.
            position = run.end + 1
            return run.isASCII ? asciiText(start..<run.end, bytes) : try checkedText(start..<run.end, bytes)
        }
        return try stringOfRuns(first: run, from: start, bytes)
    }

    /// Reads on where a string is no single run: an escape, a control character or the end of the text came first.
    private mutating func stringOfRuns(
        first: PlainRun, from start: Int, _ bytes: Span<UInt8>
    ) throws(JSONError) -> String {
        var unescaped: [UInt8] = []
        // The first run says little about the rest: room for a line, and doubling from there.
        unescaped.reserveCapacity(first.end - start + 64)
        var run = first
        var start = start
        while true {
            // A sequence of UTF-8 that an escape cuts in two is broken on both sides, so that run by run is enough.
            if !run.isASCII { _ = try checkedText(start..<run.end, bytes) }
            unescaped.append(bytes.extracting(start..<run.end))
            position = run.end
            if position == bytes.count { throw failure(.unexpectedEnd, bytes) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: unescaped, as: UTF8.self)
            case UInt8(ascii: "\\"):
                try appendEscape(to: &unescaped, bytes)
            case let control:
                throw failure(.controlCharacter(control), bytes)
            }
            start = position
            run = PlainRun(from: start, bytes)
        }
    }

    /// Copies a run already seen to be ASCII; unsafe only in that nobody looks again.
    func asciiText(_ range: Range<Int>, _ bytes: Span<UInt8>) -> String {
        String(copying: unsafe UTF8Span(unchecked: bytes.extracting(range), isKnownASCII: true))
    }

    /// Copies a run that may be no UTF-8.
    private func checkedText(_ range: Range<Int>, _ bytes: Span<UInt8>) throws(JSONError) -> String {
        do {
            return String(copying: try UTF8Span(validating: bytes.extracting(range)))
        } catch {
            throw JSONError(reason: .invalidUTF8, offset: range.lowerBound + error.byteOffsets.lowerBound)
        }
    }
}
