import HTTPServer
import VendorKit

extension Query {
    /// The first value of a name, or nil.
    subscript(name: String) -> String? { values(of: name).first }

    /// A whole number from 0, or nil when the name is absent.
    func number(_ name: String) throws(AdminError) -> Int? {
        guard let text = self[name] else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            throw AdminError(.badRequest, "\(name) must be a whole number, not '\(text)'")
        }
        return number
    }
}
