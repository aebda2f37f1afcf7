package import JSON

extension JSONValue {
    /// What is wrong with an array's element that must be a text by a rule, or nil.
    package func fault(against rule: TextRule?) -> FieldFault? {
        guard case .string(let text) = self else { return .wrongType(expected: "string", received: typeName) }
        return rule?.fault(of: text)
    }
}
