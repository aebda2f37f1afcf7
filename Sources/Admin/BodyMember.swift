import HTTPServer
import JSON

/// Members of a request's body by their dotted path: `linkedAccounts.0.accountID`.
enum BodyMember {
    /// The member as text; nil where there is none.
    static func text(_ path: String, of request: Request) -> String? {
        guard case .bytes(let bytes) = request.body, var value = try? JSONValue(parsing: bytes) else { return nil }
        for step in path.split(separator: ".") {
            switch value {
            case .object(let object):
                guard let next = object[String(step)] else { return nil }
                value = next
            case .array(let elements):
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return text(of: value)
    }

    /// A text bare, all else as JSON.
    static func text(of value: JSONValue) -> String {
        if case .string(let text) = value { return text }
        var json = JSONWriter(reserving: 32)
        json.value(value)
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
