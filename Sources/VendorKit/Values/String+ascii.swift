extension String {
    /// Copies bytes that are ASCII by the way they were made.
    init(ascii bytes: Span<UInt8>) {
        self.init(copying: unsafe UTF8Span(unchecked: bytes, isKnownASCII: true))
    }
}
