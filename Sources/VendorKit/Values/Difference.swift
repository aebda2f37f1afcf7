package import JSON

/// A place where two JSON values are not equal.
package struct Difference: Sendable {
    /// The dotted path: `metadata.plan`, `linkedAccounts.0.accountID`.
    package let place: String
    /// What the first value has there; nil for nothing.
    package let first: JSONValue?
    /// What the second value has there; nil for nothing.
    package let second: JSONValue?

    /// Finds the places that differ, each as deep as it can be told.
    ///
    /// A place that only one of the two has is one. Members are found by their names, whatever their order, so equal
    /// values in another order differ in nothing.
    ///
    /// - Parameters:
    ///   - path: how the values themselves are called; empty for nothing.
    ///   - limit: the most places that are found.
    package static func all(
        _ first: JSONValue, _ second: JSONValue, under path: String = "", limit: Int
    ) -> [Difference] {
        var comparison = DifferenceSearch(limit: limit)
        comparison.compare(first, second, at: path)
        return comparison.found
    }

    /// Names the places that differ.
    package static func places(
        _ first: JSONValue, _ second: JSONValue, under path: String = "", limit: Int
    ) -> [String] {
        all(first, second, under: path, limit: limit).map(\.place)
    }
}

private struct DifferenceSearch {
    let limit: Int
    var found: [Difference] = []

    mutating func compare(_ first: JSONValue?, _ second: JSONValue?, at path: String) {
        guard found.count < limit, first != second else { return }
        switch (first, second) {
        case (.object(let first)?, .object(let second)?): compare(first, second, at: path)
        case (.array(let first)?, .array(let second)?):
            for index in 0..<max(first.count, second.count) where found.count < limit {
                compare(
                    index < first.count ? first[index] : nil, index < second.count ? second[index] : nil,
                    at: Self.join(path, String(index)))
            }
        default: found.append(Difference(place: path, first: first, second: second))
        }
    }

    private mutating func compare(_ first: JSONObject, _ second: JSONObject, at path: String) {
        // By bytes, because names that Swift holds equal may be two; and not by the object's own look-up, which reads all.
        var others: [[UInt8]: JSONValue] = [:]
        for member in second.members { others[Array(member.name.utf8)] = member.value }
        for member in first.members {
            compare(member.value, others.removeValue(forKey: Array(member.name.utf8)), at: Self.join(path, member.name))
        }
        for member in second.members where others[Array(member.name.utf8)] != nil {
            compare(nil, member.value, at: Self.join(path, member.name))
        }
    }

    private static func join(_ path: String, _ step: String) -> String {
        path.isEmpty ? step : "\(path).\(step)"
    }
}
