import HTTPServer
import JSON
import VendorKit

extension Query {
    /// The first value of a name, or nil.
    subscript(name: String) -> String? { values(of: name).first }

    /// A whole number within bounds, or nil when the name is absent.
    func number(_ name: String, _ range: ClosedRange<Int> = 0...1_000_000) throws(AdminError) -> Int? {
        guard let text = self[name] else { return nil }
        guard text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text), range.contains(number) else {
            throw AdminError(
                .badRequest,
                "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    /// True or false; false when the name is absent.
    func flag(_ name: String) throws(AdminError) -> Bool {
        switch self[name] {
        case "true": return true
        case "false", nil: return false
        case let other?: throw AdminError(.badRequest, "\(name) must be true or false, not '\(other)'")
        }
    }

    /// Refuses a parameter that is none of those named, and one that comes twice: what is misspelt, or not read, would
    /// silently mean everything.
    func check(against names: [String]) throws(AdminError) {
        for (index, pair) in pairs.enumerated() {
            guard names.contains(where: { $0.hasSameBytes(as: pair.name) }) else {
                let known = names.isEmpty ? "there are none" : "there is \(names.joined(separator: ", "))"
                throw AdminError(.badRequest, "there is no parameter '\(pair.name)' here; \(known)")
            }
            guard !pairs[..<index].contains(where: { $0.name.hasSameBytes(as: pair.name) }) else {
                throw AdminError(.badRequest, "\(pair.name) comes twice")
            }
        }
    }
}
