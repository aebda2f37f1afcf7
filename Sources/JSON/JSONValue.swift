/// One JSON value, kept without loss: members in the order they were sent, numbers as the text that was sent.
///
/// It is a tree to look into, not a type to decode to. A caller that checks a request needs to tell a missing member from
/// a `null`, name every wrong type at once, and give back metadata exactly as it came; a decoder to a `struct` stops at
/// the first problem and has forgotten the rest.
///
/// ```swift
/// let body = try JSONValue(parsing: bytes)
/// guard case .object(let user) = body else { … body.typeName … }
/// if case .string(let name) = user["name"] { … }
/// ```
package enum JSONValue: Sendable {
    /// `null`, which is not the same as a member that is missing.
    case null
    /// `true` or `false`.
    case boolean(Bool)
    /// A number of any size, as its text.
    case number(JSONNumber)
    /// A string with its escapes undone; it may hold a NUL, which the text of a database may not.
    case string(String)
    /// The elements in their order.
    case array([JSONValue])
    /// The members in their order.
    case object(JSONObject)

    /// The name of the type as JSON Schema and error messages have it: `null`, `boolean`, `number`, `string`, `array`
    /// or `object`.
    package var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }
}

extension JSONValue: Equatable {
    /// Tells whether both are the same tree: strings by their bytes, numbers by their text (`1` is not `1.0`), members
    /// in the same order.
    package static func == (left: JSONValue, right: JSONValue) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.boolean(let left), .boolean(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): left.hasSameBytes(as: right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }
}
