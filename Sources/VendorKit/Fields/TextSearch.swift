/// A text that is looked for in others, whatever the case of ASCII letters. (Evidence: ours; no vendor says how letters
/// compare.)
package struct TextSearch: Sendable {
    private let folded: [UInt8]
    /// Whether the text stands in JSON as it is, so that bytes of JSON without it need not be parsed.
    private let isPlainInJSON: Bool

    /// Looks for a text; an empty one is in every text.
    package init(_ text: String) {
        folded = text.utf8.map(\.asciiLowercase)
        isPlainInJSON = folded.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    }

    /// Whether the text is in another.
    package func isIn(_ text: String) -> Bool {
        isIn(text.utf8.span)
    }

    /// Whether the text may be in a string of a row's JSON; false spares the parsing.
    ///
    /// The store's JSON escapes nothing that need not be escaped. Looking costs a tenth of parsing.
    package func mayBeIn(json: [UInt8]) -> Bool {
        !isPlainInJSON || isIn(json.span)
    }

    private func isIn(_ bytes: Span<UInt8>) -> Bool {
        guard let first = folded.first else { return true }
        guard bytes.count >= folded.count else { return false }
        let last = bytes.count - folded.count
        var start = 0
        while start <= last {
            if bytes[start].asciiLowercase == first, isHere(bytes, start) { return true }
            start += 1
        }
        return false
    }

    private func isHere(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        var index = 1
        while index < folded.count {
            guard bytes[start + index].asciiLowercase == folded[index] else { return false }
            index += 1
        }
        return true
    }
}

extension UInt8 {
    fileprivate var asciiLowercase: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}
