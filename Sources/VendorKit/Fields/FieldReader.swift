package import JSON

/// Reads the members of a body by the rules of its schema and collects every fault on the way, in schema order.
///
/// Reading goes on after a fault, because a vendor that reports all problems at once must see all of them.
package struct FieldReader {
    /// The object that is read.
    package let object: JSONObject
    /// Where it stands in the body.
    package let path: [PathElement]
    /// The faults found so far.
    package private(set) var problems: [FieldProblem] = []

    /// Reads an object that stands at a place in the body.
    package init(_ object: JSONObject, at path: [PathElement] = []) {
        self.object = object
        self.path = path
    }

    /// What a schema says of a member's presence.
    package enum Presence: Sendable {
        /// It must be there, and not null.
        case required
        /// It may be left out, and must not be null.
        case optional
        /// It may be left out or null.
        case nullable
    }

    /// Notes a fault of a member.
    package mutating func note(_ name: String, _ fault: FieldFault) {
        problems.append(FieldProblem(path + [.name(name)], fault))
    }

    /// Takes over the faults that were found deeper in the body.
    package mutating func note(_ others: [FieldProblem]) {
        problems.append(contentsOf: others)
    }

    /// Reads a text and checks it; a faulty one is noted and reads as absent.
    package mutating func string(
        _ name: String, _ presence: Presence = .optional, _ check: TextRule? = nil
    ) -> Field<String> {
        switch value(name, presence) {
        case .absent: return .absent
        case .null: return .null
        case .value(.string(let text)):
            if let fault = check?.fault(of: text) {
                note(name, fault)
                return .absent
            }
            return .value(text)
        case .value(let other):
            note(name, .wrongType(expected: "string", received: other.typeName))
            return .absent
        }
    }

    /// Reads a whole number that fits 64 bits; `1.0` is one.
    package mutating func integer(_ name: String, _ presence: Presence = .optional) -> Field<Int> {
        switch value(name, presence) {
        case .absent: return .absent
        case .null: return .null
        case .value(.number(let number)):
            if let integer = number.integer { return .value(integer) }
            note(name, .wrongType(expected: "integer", received: number.isInteger ? "number" : "float"))
            return .absent
        case .value(let other):
            note(name, .wrongType(expected: "integer", received: other.typeName))
            return .absent
        }
    }

    /// Reads an object.
    package mutating func object(_ name: String, _ presence: Presence = .optional) -> Field<JSONObject> {
        switch value(name, presence) {
        case .absent: return .absent
        case .null: return .null
        case .value(.object(let object)): return .value(object)
        case .value(let other):
            note(name, .wrongType(expected: "object", received: other.typeName))
            return .absent
        }
    }

    /// Reads an array.
    package mutating func array(_ name: String, _ presence: Presence = .optional) -> Field<[JSONValue]> {
        switch value(name, presence) {
        case .absent: return .absent
        case .null: return .null
        case .value(.array(let elements)): return .value(elements)
        case .value(let other):
            note(name, .wrongType(expected: "array", received: other.typeName))
            return .absent
        }
    }

    /// Notes every member that the schema does not name, in the order in which they were sent.
    package mutating func refuseMembers(except known: [String]) {
        for member in object.members where !known.contains(where: { $0.hasSameBytes(as: member.name) }) {
            note(member.name, .unknownMember)
        }
    }

    /// Finds a member and checks its presence, whatever its type.
    package mutating func value(_ name: String, _ presence: Presence) -> Field<JSONValue> {
        switch (object[name], presence) {
        case (nil, .required):
            note(name, .missing)
            return .absent
        case (nil, _): return .absent
        case (.null?, .nullable): return .null
        case (let value?, _): return .value(value)
        }
    }
}
