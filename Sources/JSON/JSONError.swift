/// Why bytes are no JSON, and where: the first problem from the left.
package struct JSONError: Error, Equatable {
    /// What is wrong.
    package let reason: Reason
    /// The byte at which it is wrong, counted from 0; the number of bytes where the text ends too early.
    package let offset: Int

    /// Makes an error, as a test compares with.
    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// The kinds of problem; each one's `description` is an English clause that a message can end with.
    package enum Reason: Equatable, Sendable {
        /// Nothing but white space.
        case empty
        /// A UTF-8 byte-order mark at the start, which RFC 8259 §8.1 forbids to send.
        case byteOrderMark
        /// UTF-16 or UTF-32, by the first bytes.
        case notUTF8Encoding
        /// Bytes that are no UTF-8; at the first byte of the broken sequence.
        case invalidUTF8
        /// The text ends inside a value.
        case unexpectedEnd
        /// No value where there must be one.
        case expectedValue
        /// No string where a member's name must be.
        case expectedName
        case expectedColon
        case expectedCommaOrBrace
        case expectedCommaOrBracket
        /// A comma with nothing after it; at the comma.
        case trailingComma
        case comment
        /// More after the value.
        case trailingBytes
        /// A number that begins with 0 and goes on, such as `007`; at the 0.
        case leadingZero
        /// No digit after a minus sign, a point or an exponent.
        case expectedDigit
        /// A byte below 0x20 inside a string.
        case controlCharacter(UInt8)
        /// A backslash before something that is no escape; at the backslash.
        case invalidEscape
        /// A `\u` escape of half a surrogate pair without its other half; at the backslash.
        case loneSurrogate
        /// One array or object too many inside each other; at its bracket.
        case tooDeep(maximumDepth: Int)
        /// The second member of one name in an object; at the name's opening quote.
        case duplicateName(String)
    }
}

extension JSONError: CustomStringConvertible {
    /// One line for a person, such as `a comma with nothing after it at byte 6`.
    package var description: String { "\(reason) at byte \(offset)" }
}

extension JSONError.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "no JSON value"
        case .byteOrderMark: "a byte-order mark, which JSON must not begin with"
        case .notUTF8Encoding: "UTF-16 or UTF-32, where JSON must be UTF-8"
        case .invalidUTF8: "bytes that are not UTF-8"
        case .unexpectedEnd: "the end of the text inside a value"
        case .expectedValue: "no JSON value where one must be"
        case .expectedName: "no member name in double quotes where one must be"
        case .expectedColon: "no colon after a member name"
        case .expectedCommaOrBrace: "neither a comma nor a closing brace after a member"
        case .expectedCommaOrBracket: "neither a comma nor a closing bracket after an element"
        case .trailingComma: "a comma with nothing after it"
        case .comment: "a comment, which JSON does not have"
        case .trailingBytes: "something after the JSON value"
        case .leadingZero: "a number with a leading zero"
        case .expectedDigit: "a number without the digit that must come here"
        case .controlCharacter(let byte): "a control character in a string, to be sent as \(Self.escape(byte)),"
        case .invalidEscape: "an escape that JSON does not have"
        case .loneSurrogate: "half a surrogate pair"
        case .tooDeep(let maximum): "nesting deeper than \(maximum) levels"
        case .duplicateName(let name): "a second member named \(Self.shortened(name))"
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        var writer = JSONWriter(reserving: 8)
        writer.string(String(Unicode.Scalar(byte)))
        return String(decoding: writer.bytes.dropFirst().dropLast(), as: UTF8.self)
    }

    /// The name as JSON has it, cut to 64 characters: a sender chooses it, and messages end up in logs.
    private static func shortened(_ name: String) -> String {
        var writer = JSONWriter(reserving: 80)
        writer.string(String(name.unicodeScalars.prefix(64)))
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
