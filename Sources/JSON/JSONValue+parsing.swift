extension JSONValue {
    /// Reads the one JSON value that the bytes hold, by RFC 8259 and nothing beside it.
    ///
    /// Refused, though many parsers take them: a byte-order mark, UTF-16, comments, trailing commas, a name that an
    /// object has twice (also when one of the two is written with escapes), surrogates that are no pair, bytes that are
    /// no UTF-8 anywhere in the text. Accepted as the RFC says: any value at the top, `\u0000`, numbers of any size.
    /// The time is linear in the number of bytes, whatever they are.
    ///
    /// `maximumDepth` is how many arrays and objects may be open at once (RFC 8259 §9 allows a limit). More than 512 counts
    /// as 512, so that no caller can ask for more than a thread's stack holds.
    ///
    /// - Throws: the first problem from the left, with its byte offset.
    package init(parsing bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
        try self.init(parsing: bytes.span, maximumDepth: maximumDepth)
    }

    /// Reads the one JSON value that the bytes hold where they lie, as a part of a greater buffer; otherwise like
    /// ``init(parsing:maximumDepth:)`` of an array.
    package init(parsing bytes: Span<UInt8>, maximumDepth: Int = 64) throws(JSONError) {
        var parser = JSONParser(maximumDepth: min(maximumDepth, 512))
        self = try parser.parse(bytes)
    }
}
