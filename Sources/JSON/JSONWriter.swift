/// Writes JSON bytes one value after the other: compact, in the order of the calls, the same bytes for the same calls.
///
/// It knows where a comma must be, and nothing else: every `begin` needs its `end`, every name a value after it. A name
/// given as a literal is copied as it is and so must need no escape.
///
/// ```swift
/// var writer = JSONWriter(reserving: 512)
/// writer.beginObject()
/// writer.member("id", id)
/// writer.name("tags")
/// writer.beginArray() …
/// ```
///
/// Only what must be escaped is (RFC 8259 §7): quote, backslash and the characters below 0x20. `/` is not, and what is not
/// ASCII goes out as UTF-8.
package struct JSONWriter {
    /// What has been written so far.
    package private(set) var bytes: [UInt8] = []

    /// Whether the next name or value stands beside an earlier one.
    ///
    /// One flag is enough for all levels: behind an opening bracket or a name it is false, behind a whole value true.
    private var needsComma = false

    /// Makes a writer that takes this many bytes before it has to move them.
    package init(reserving capacity: Int) {
        bytes.reserveCapacity(capacity)
    }

    /// Opens an object, whose members are to follow.
    package mutating func beginObject() { begin(UInt8(ascii: "{")) }

    /// Closes the object that was opened last.
    package mutating func endObject() { end(UInt8(ascii: "}")) }

    /// Opens an array, whose elements are to follow.
    package mutating func beginArray() { begin(UInt8(ascii: "[")) }

    /// Closes the array that was opened last.
    package mutating func endArray() { end(UInt8(ascii: "]")) }

    /// Writes a member's name that is known when compiling.
    package mutating func name(_ name: StaticString) {
        assert(!name.description.utf8.contains { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }, "\(name) needs an escape")
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(name)
        bytes.append(UInt8(ascii: "\""))
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a member's name that came from elsewhere, escaped where it must be.
    @_disfavoredOverload  // or a literal, whose type is String unless told otherwise, would come here
    package mutating func name(_ name: String) {
        string(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// Writes a string.
    package mutating func string(_ value: String) {
        separate()
        bytes.appendQuoted(value)
    }

    /// Writes a string, or `null` for nil.
    package mutating func string(_ value: String?) {
        if let value { string(value) } else { null() }
    }

    /// Writes a string whose bytes stand for themselves, which nobody checks: a UUID, a time.
    package mutating func plainString(_ value: Span<UInt8>) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        bytes.append(value)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes an integer in decimal digits.
    package mutating func integer(_ value: Int) {
        separate()
        bytes.appendDecimal(Int64(value))
    }

    /// Writes a 64-bit integer, as a column of the database holds it, in decimal digits.
    package mutating func integer(_ value: Int64) {
        separate()
        bytes.appendDecimal(value)
    }

    /// Writes `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        separate()
        bytes.append(value ? "true" : "false")
    }

    /// Writes `null`.
    package mutating func null() {
        separate()
        bytes.append("null")
    }

    /// Writes bytes that are one whole JSON value already; they are not looked at.
    package mutating func rawJSON(_ encoded: [UInt8]) {
        separate()
        bytes.append(contentsOf: encoded)
    }

    /// Writes text that is one whole JSON value already, as a column of the database holds it; it is not looked at.
    package mutating func rawJSON(_ encoded: String) {
        separate()
        bytes.append(encoded.utf8Span.span)
    }

    /// Writes members of an object that are known when compiling, separated by commas; they are not looked at.
    package mutating func rawMembers(_ encoded: StaticString) {
        separate()
        bytes.append(encoded)
    }

    /// Writes a tree, each number with the digits it came with.
    package mutating func value(_ value: JSONValue) {
        switch value {
        case .null: null()
        case .boolean(let value): boolean(value)
        case .number(let number):
            separate()
            bytes.append(number.text.utf8Span.span)
        case .string(let value): string(value)
        case .array(let elements):
            beginArray()
            for element in elements { self.value(element) }
            endArray()
        case .object(let object):
            beginObject()
            for member in object.members {
                name(member.name)
                self.value(member.value)
            }
            endObject()
        }
    }

    private mutating func begin(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }
}
