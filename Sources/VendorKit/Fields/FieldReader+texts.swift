package import JSON

extension FieldReader {
    /// Reads a list of texts and checks each; a faulty list reads as absent.
    package mutating func texts(
        _ name: String, _ presence: Presence = .optional, _ check: TextRule? = nil
    ) -> Field<[String]> {
        switch array(name, presence) {
        case .absent: return .absent
        case .null: return .null
        case .value(let elements): return texts(elements, at: name, check).map { .value($0) } ?? .absent
        }
    }

    /// Checks the elements of a list of texts; nil, with the faults noted, when one is faulty.
    package mutating func texts(_ elements: [JSONValue], at name: String, _ check: TextRule?) -> [String]? {
        var texts: [String] = []
        let before = problems.count
        for (index, element) in elements.enumerated() {
            if let fault = element.fault(against: check) {
                note([FieldProblem(path + [.name(name), .index(index)], fault)])
            } else if case .string(let text) = element {
                texts.append(text)
            }
        }
        return problems.count == before ? texts : nil
    }
}
