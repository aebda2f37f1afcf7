import HTTPServer
import JSON
import VendorKit

/// What a request asks for, from its query and its body together; where both have a parameter the body wins.
///
/// (Evidence: vendor, `commonParams` of seamapi/nextlove: also that both are taken with every method.)
enum Parameters {
    /// The type to which a parameter's text in the query is read; all others stay texts.
    enum Kind { case number, array }

    /// Reads query and body; a body that is no object is refused, and no body at all is `{}`.
    static func read(_ call: Call, _ kinds: [String: Kind] = [:]) throws(Problem) -> JSONObject {
        var parameters = try fromQuery(Query(of: call.request), kinds)
        if call.body.isEmpty { return parameters }
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.bodyIsObject)
        }
        if parameters.isEmpty { return object }
        // The other way round would look through a big body for each of its own members.
        var merged = object
        for member in parameters.members where object[member.name] == nil { merged.append(member.name, member.value) }
        parameters = merged
        return parameters
    }

    /// Reads the query by the types of the schema.
    ///
    /// `_strict=true` takes arrays as repeated names alone and numbers as they are; everything else is generous: `a[]`
    /// is `a`, commas separate, blanks around numbers are dropped. An empty text is null, or an array without elements.
    /// (Evidence: vendor, seamapi/nextlove. Ours: that a repeated name is refused in the generous reading too.)
    private static func fromQuery(_ query: Query, _ kinds: [String: Kind]) throws(Problem) -> JSONObject {
        let isStrict = query.values(of: "_strict").last == "true"
        var values: [(name: String, texts: [String])] = []
        var places: [[UInt8]: Int] = [:]
        for pair in query.pairs where pair.name != "_strict" {
            var name = pair.name
            if !isStrict, name.hasSuffix("[]"), kinds[String(name.dropLast(2))] == .array { name.removeLast(2) }
            if let place = places[Array(name.utf8)] {
                values[place].texts.append(pair.value)
            } else {
                places[Array(name.utf8)] = values.count
                values.append((name, [pair.value]))
            }
        }
        var object = JSONObject()
        for (name, texts) in values {
            if kinds[name] == .array {
                let parts = isStrict ? texts : texts.flatMap(split)
                object.append(name, .array(parts == [""] ? [] : parts.map { .string($0) }))
            } else if texts.count > 1 {
                let message =
                    "Could not parse parameter: '\(name)' has repeated values but is not an array parameter"
                throw Problem(.badField(name: name, message: message), by: Rules.queryForm)
            } else {
                object.append(name, value(of: texts[0], kinds[name], isStrict: isStrict))
            }
        }
        return object
    }

    private static func value(of text: String, _ kind: Kind?, isStrict: Bool) -> JSONValue {
        if text.isEmpty { return .null }
        guard kind == .number else { return .string(text) }
        let trimmed = isStrict ? text[...] : text.drop { $0 == " " }.reversedDrop { $0 == " " }
        if let number = try? JSONValue(parsing: Array(trimmed.utf8)), case .number(let exact) = number,
            exact.text.utf8.elementsEqual(trimmed.utf8)
        {
            return number
        }
        return .string(text)
    }

    private static func split(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
}

extension Substring {
    /// Without the characters at its end that satisfy a condition.
    fileprivate func reversedDrop(while condition: (Character) -> Bool) -> Substring {
        var rest = self
        while let last = rest.last, condition(last) { rest.removeLast() }
        return rest
    }
}
