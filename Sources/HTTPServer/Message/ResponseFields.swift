/// The fields of an answer, already encoded as lines, so that a vendor's constant fields are built once and copied.
///
/// No value can start a line of its own: nothing but checked bytes gets in (RFC 9110 5.5, no response splitting).
/// `Date`, `Content-Length` and `Connection` are the server's; they and the other fields of framing are left out when
/// somebody appends them.
package struct ResponseFields: Sendable, Hashable {
    /// The lines as they go out, each `Name: value` with CR LF.
    package private(set) var bytes: [UInt8] = []

    /// Makes an empty list.
    package init() {}

    /// Takes lines that were encoded before, for instance those of an answer kept in a database.
    ///
    /// Returns nil where `bytes` is not a sequence of whole, valid lines or has a field that is the server's own.
    package init?(encoded bytes: [UInt8]) {
        guard Self.areValid(bytes) else { return nil }
        self.bytes = bytes
    }

    /// Adds a field at the end, after those of the same name.
    ///
    /// Never fails: control bytes in the value (CR, LF and NUL too) become spaces, bytes of the name that no token
    /// has become `-`, and a field with an empty name or one of the server's own is left out.
    package mutating func append(_ name: String, _ value: String) {
        append(name, value.utf8Span.span)
    }

    /// Adds a field whose value is given as bytes, as ``append(_:_:)-(String,String)`` does.
    package mutating func append(_ name: String, _ value: Span<UInt8>) {
        let letters = name.utf8Span.span
        guard !letters.isEmpty, !Self.isReserved(letters) else { return }
        bytes.reserveCapacity(bytes.count + letters.count + value.count + 4)
        let start = bytes.count
        bytes.append(letters, 0..<letters.count)
        replace(from: start, by: UInt8(ascii: "-")) { $0.isToken }
        bytes.append(UInt8(ascii: ":"))
        bytes.append(UInt8(ascii: " "))
        let middle = bytes.count
        bytes.append(value, 0..<value.count)
        replace(from: middle, by: UInt8(ascii: " ")) { $0.isFieldContent }
        bytes.append(0x0D)
        bytes.append(0x0A)
    }

    /// Replaces the last bytes that are not allowed; copied at once and looked at after, a field takes a fifth of the
    /// 5,000 instructions that it took byte by byte.
    @inline(__always)
    private mutating func replace(from start: Int, by substitute: UInt8, where isAllowed: (UInt8) -> Bool) {
        for index in start..<bytes.count where !isAllowed(bytes[index]) { bytes[index] = substitute }
    }

    /// Adds whole lines, each `Name: value` with CR LF, which nobody checks: for words of our own.
    package mutating func appendLines(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
    }

    /// Adds all fields of `other` at the end.
    package mutating func append(contentsOf other: ResponseFields) {
        bytes += other.bytes
    }

    /// The value of the first field of that name.
    package subscript(name: FieldName) -> String? {
        values(of: name).first
    }

    /// The values of all fields of that name, in order.
    package func values(of name: FieldName) -> [String] {
        lines.compactMap { line in
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                name.matches(bytes, ByteRange(line.startIndex, colon))
            else { return nil }
            return String(decoding: line[(colon + 2)...], as: UTF8.self)
        }
    }

    /// The lines without their CR LF.
    private var lines: [ArraySlice<UInt8>] {
        bytes.split(separator: 0x0A).map { $0.dropLast() }
    }

    private static func areValid(_ bytes: [UInt8]) -> Bool {
        guard bytes.isEmpty || bytes.last == 0x0A else { return false }
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().allSatisfy { line in
            guard line.last == 0x0D, let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return false }
            let name = line[..<colon]
            let value = line[(colon + 1)...].dropLast()
            return !name.isEmpty && name.allSatisfy(\.isToken) && !isReserved(name.span)
                && value.first == UInt8(ascii: " ") && value.allSatisfy(\.isFieldContent)
        }
    }

    /// The fields that say where a message ends and what becomes of the connection: only the encoder may write them.
    private static func isReserved(_ name: Span<UInt8>) -> Bool {
        let all = ByteRange(0, name.count)
        return switch name.count {
        case 4: name.equals("date", in: all)
        case 7: name.equals("upgrade", in: all)
        case 10: name.equals("connection", in: all) || name.equals("keep-alive", in: all)
        case 14: name.equals("content-length", in: all)
        case 17: name.equals("transfer-encoding", in: all)
        default: false
        }
    }
}
