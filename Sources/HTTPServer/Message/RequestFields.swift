/// The fields of a request in the order received, with repeats visible (RFC 9110 5.2, 5.3).
///
/// Backed by the bytes of the head and the places of its lines, and searched from the front: a request has few
/// fields, and none of them costs an allocation before somebody asks for it.
package struct RequestFields: Sendable {
    let head: RequestHead

    private var bytes: [UInt8] { head.bytes }
    private var lines: [FieldLine] { head.lines }

    /// How many field lines were received.
    package var count: Int { lines.count }

    /// The value of the first field of that name, without white space around it; bytes that are no UTF-8 become
    /// U+FFFD.
    package subscript(name: FieldName) -> String? {
        first(name).map(text)
    }

    /// The values of all fields of that name, in order.
    package func values(of name: FieldName) -> [String] {
        lines.filter { name.matches(bytes, $0.name) }.map { text($0.value) }
    }

    /// How many field lines of that name were received.
    package func count(of name: FieldName) -> Int {
        lines.count { name.matches(bytes, $0.name) }
    }

    /// Says whether each value of that name passes a test, which sees its bytes where they are; true where there is none.
    package func allSatisfy(_ name: FieldName, _ test: (Span<UInt8>) -> Bool) -> Bool {
        for line in lines where name.matches(bytes, line.name) {
            guard test(bytes.span.extracting(line.value.range)) else { return false }
        }
        return true
    }

    /// Says whether a field of that name was received, be its value empty.
    package func contains(_ name: FieldName) -> Bool {
        first(name) != nil
    }

    /// The bytes of the first field of that name as they were received, without white space around them.
    package func bytes(of name: FieldName) -> [UInt8]? {
        first(name).map { Array(bytes[$0.range]) }
    }

    /// Calls `body` for each field in order, with the name in the spelling received.
    package func forEach(_ body: (_ name: String, _ value: String) -> Void) {
        for line in lines {
            body(text(line.name), text(line.value))
        }
    }

    private func first(_ name: FieldName) -> ByteRange? {
        for line in lines where name.matches(bytes, line.name) {
            return line.value
        }
        return nil
    }

    private func text(_ range: ByteRange) -> String {
        String(decoding: bytes[range.range], as: UTF8.self)
    }
}
