import Glibc

extension Span<UInt8> {
    /// Finds the first `byte` at or after `start`, by the C library's vectorised search.
    func index(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return unsafe withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Says whether `self[range]` spells `text`, which is in lower case, in some ASCII case.
    func equals(_ text: StaticString, in range: ByteRange) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { letters in
            for index in 0..<range.count {
                let letter = unsafe letters[index]
                guard self[range.start + index].asciiLowercased == letter else { return false }
            }
            return true
        }
    }

    /// The range without spaces and tabs at its ends.
    func trimmed(_ start: Int, _ end: Int) -> ByteRange {
        var start = start
        var end = end
        while start < end, self[start].isWhitespace { start += 1 }
        while start < end, self[end - 1].isWhitespace { end -= 1 }
        return ByteRange(start, end)
    }

    /// Calls `body` for each member of the comma-separated list in `range`, empty ones too (RFC 9110 5.6.1).
    func forEachMember<Failure: Error>(
        of range: ByteRange, _ body: (ByteRange) throws(Failure) -> Void
    ) throws(Failure) {
        var start = range.start
        while true {
            var end = start
            while end < range.end, self[end] != UInt8(ascii: ",") { end += 1 }
            try body(trimmed(start, end))
            guard end < range.end else { return }
            start = end + 1
        }
    }
}

extension [UInt8] {
    /// Appends `span[range]` in one copy.
    mutating func append(_ span: Span<UInt8>, _ range: Range<Int>) {
        unsafe span.withUnsafeBufferPointer { buffer in
            unsafe append(contentsOf: UnsafeBufferPointer(rebasing: buffer[range]))
        }
    }

    /// Copies `span[range]` into an array that is just as large.
    init(_ span: Span<UInt8>, _ range: Range<Int>) {
        self = unsafe span.withUnsafeBufferPointer { buffer in
            unsafe Array(UnsafeBufferPointer(rebasing: buffer[range]))
        }
    }
}
