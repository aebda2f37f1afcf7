import HTTPServer
import JSON
import VendorKit

/// Reads the members of an object that somebody sent to the control plane, and refuses what it does not know.
struct ObjectReader {
    private let object: JSONObject

    /// Takes an object.
    ///
    /// - Throws: for a member that is none of those named, because a misspelt one would silently do nothing.
    init(_ object: JSONObject, members: [String]) throws(AdminError) {
        self.object = object
        for member in object.members where !members.contains(where: { $0.hasSameBytes(as: member.name) }) {
            throw AdminError(
                .badRequest, "there is no member '\(member.name)'; there are \(members.joined(separator: ", "))")
        }
    }

    /// A text, or nil when it is absent or null.
    func string(_ name: String) throws(AdminError) -> String? {
        switch object[name] {
        case nil, .null?: return nil
        case .string(let text)?: return text
        default: throw AdminError(.badRequest, "\(name) must be a string")
        }
    }

    /// The name of a sandbox, by the member `sandbox`, or nil.
    func sandbox() throws(AdminError) -> String? {
        guard let name = try string("sandbox") else { return nil }
        try SandboxKey.check(name, as: "sandbox")
        return name
    }

    /// A whole number within bounds, or nil.
    func integer(_ name: String, _ range: ClosedRange<Int>) throws(AdminError) -> Int? {
        switch object[name] {
        case nil, .null?: return nil
        case .number(let number)?:
            if let value = number.integer, range.contains(value) { return value }
        default: break
        }
        throw AdminError(
            .badRequest, "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }

    /// True or false, or nil.
    func boolean(_ name: String) throws(AdminError) -> Bool? {
        switch object[name] {
        case nil, .null?: return nil
        case .boolean(let value)?: return value
        default: throw AdminError(.badRequest, "\(name) must be true or false")
        }
    }

    /// One of a few words, or nil.
    func choice<Value>(_ name: String, _ choices: [(String, Value)]) throws(AdminError) -> Value? {
        guard let text = try string(name) else { return nil }
        guard let choice = choices.first(where: { $0.0 == text }) else {
            throw AdminError(
                .badRequest, "\(name) is one of \(choices.map(\.0).joined(separator: ", ")), not '\(text)'")
        }
        return choice.1
    }

    /// An array of texts; empty when it is absent or null.
    func strings(_ name: String) throws(AdminError) -> [String] {
        var texts: [String] = []
        switch object[name] {
        case nil, .null?: return []
        case .array(let elements)?:
            for case .string(let text) in elements { texts.append(text) }
            if texts.count == elements.count { return texts }
        default: break
        }
        throw AdminError(.badRequest, "\(name) must be an array of strings")
    }

    /// An object of texts; numbers and truth values count as their text.
    func texts(_ name: String) throws(AdminError) -> [(path: String, value: String)] {
        switch object[name] {
        case nil, .null?: return []
        case .object(let members)?: return members.members.map { ($0.name, BodyMember.text(of: $0.value)) }
        default: throw AdminError(.badRequest, "\(name) must be an object such as {\"email\": \"ada@example.com\"}")
        }
    }
}
