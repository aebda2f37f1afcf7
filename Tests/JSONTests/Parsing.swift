import JSON

/// The tree of a text that the test knows to be JSON.
func parsed(_ text: String, maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
    try JSONValue(parsing: Array(text.utf8), maximumDepth: maximumDepth)
}

/// The compact bytes of a tree.
func encoded(_ value: JSONValue) -> [UInt8] {
    var writer = JSONWriter(reserving: 64)
    writer.value(value)
    return writer.bytes
}

/// The compact text of a tree.
func text(_ value: JSONValue) -> String {
    String(decoding: encoded(value), as: UTF8.self)
}

/// The error that bytes are refused with, or nil where they are accepted.
func refusal(_ bytes: [UInt8], maximumDepth: Int = 64) -> JSONError? {
    do {
        _ = try JSONValue(parsing: bytes, maximumDepth: maximumDepth)
        return nil
    } catch {
        return error
    }
}

/// Bytes of ASCII with some that are not: `bytes("\"", 0xFF, "\"")`.
func bytes(_ parts: any BytePart...) -> [UInt8] {
    parts.flatMap(\.bytes)
}

protocol BytePart {
    var bytes: [UInt8] { get }
}

extension String: BytePart {
    var bytes: [UInt8] { Array(utf8) }
}

extension Int: BytePart {
    var bytes: [UInt8] { [UInt8(self)] }
}
