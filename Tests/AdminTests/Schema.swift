import JSON

/// A JSON Schema, as far as ours go: a keyword beyond these is an error and not overlooked.
struct Schema {
    let root: JSONObject

    init(_ value: JSONValue) {
        if case .object(let object) = value { root = object } else { root = JSONObject() }
    }

    struct UnknownKeyword: Error {
        let name: String
    }

    /// The object at a path of names and indices.
    func object(_ path: String) -> JSONObject? {
        if case .object(let object)? = value(path) { object } else { nil }
    }

    /// The text, or the truth value as a text, at a path.
    func text(_ path: String) -> String? {
        switch value(path) {
        case .string(let text)?: text
        case .boolean(let value)?: String(value)
        default: nil
        }
    }

    private func value(_ path: String) -> JSONValue? {
        var value = JSONValue.object(root)
        for step in path.split(separator: ".") {
            switch value {
            case .object(let object): value = object[String(step)] ?? .null
            case .array(let elements): value = Int(step).map { elements[$0] } ?? .null
            default: return nil
            }
        }
        return value
    }

    /// The keywords that a value breaks, each with the path to the value.
    func faults(of value: JSONValue) throws -> [String] { try faults(of: value, by: root, at: "") }

    private func faults(of value: JSONValue, by schema: JSONObject, at path: String) throws -> [String] {
        try schema.members.flatMap { try faults(of: value, by: $0, in: schema, at: path) }
    }

    private func faults(
        of value: JSONValue, by keyword: JSONObject.Member, in schema: JSONObject, at path: String
    ) throws -> [String] {
        let broken = ["\(path): \(keyword.name)"]
        switch (keyword.name, keyword.value, value) {
        case ("$schema", _, _), ("title", _, _), ("description", _, _), ("examples", _, _), ("$defs", _, _): return []
        case ("$ref", .string(let target), _):
            let path = target.dropFirst(2).split(separator: "/").joined(separator: ".")
            guard let other = object(path) else { throw UnknownKeyword(name: target) }
            return try faults(of: value, by: other, at: path)
        case ("anyOf", .array(let branches), _):
            let fits = try branches.contains { try faults(of: value, by: Schema($0).root, at: path).isEmpty }
            return fits ? [] : broken
        case ("type", .string(let type), _): return Self.has(value, type) ? [] : broken
        case ("type", .array(let types), _):
            return types.contains { if case .string(let type) = $0 { Self.has(value, type) } else { false } }
                ? [] : broken
        case ("enum", .array(let values), _): return values.contains(value) ? [] : broken
        case ("required", .array(let names), .object(let object)):
            return names.allSatisfy { if case .string(let name) = $0 { object[name] != nil } else { false } }
                ? [] : broken
        case ("properties", .object(let properties), .object(let object)):
            return try object.members.flatMap { member in
                guard let property = properties[member.name] else { return [String]() }
                return try faults(of: member.value, by: Schema(property).root, at: "\(path).\(member.name)")
            }
        case ("additionalProperties", let rule, .object(let object)):
            let named = if case .object(let properties)? = schema["properties"] { properties } else { JSONObject() }
            return try object.members.filter { named[$0.name] == nil }.flatMap { member in
                guard case .object(let other) = rule else { return ["\(path).\(member.name): unknown"] }
                return try faults(of: member.value, by: other, at: "\(path).\(member.name)")
            }
        case ("propertyNames", .object(let rule), .object(let object)):
            return try object.members.flatMap { try faults(of: .string($0.name), by: rule, at: path) }
        case ("items", .object(let rule), .array(let elements)):
            return try elements.enumerated().flatMap { try faults(of: $1, by: rule, at: "\(path)[\($0)]") }
        case ("pattern", .string(let pattern), .string(let text)):
            return try Regex(pattern).wholeMatch(in: text) == nil ? broken : []
        case ("minLength", .number(let least), .string(let text)):
            return text.unicodeScalars.count < least.integer ?? 0 ? broken : []
        case ("minimum", .number(let least), .number(let number)):
            return number.integer ?? 0 < least.integer ?? 0 ? broken : []
        case ("maximum", .number(let most), .number(let number)):
            return number.integer ?? 0 > most.integer ?? 0 ? broken : []
        case ("required", _, _), ("properties", _, _), ("propertyNames", _, _), ("items", _, _), ("pattern", _, _),
            ("minLength", _, _), ("minimum", _, _), ("maximum", _, _):
            // Those say nothing of a value of another type.
            return []
        case ("additionalProperties", _, _): return []
        default: throw UnknownKeyword(name: keyword.name)
        }
    }

    private static func has(_ value: JSONValue, _ type: String) -> Bool {
        if case .number(let number) = value, type == "integer" { return number.isInteger }
        return value.typeName == type
    }
}
