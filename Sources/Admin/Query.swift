import HTTPServer

/// The query of a request to the control plane, decoded as forms are: `+` is a space.
struct Query: Sendable {
    /// The members in order.
    let members: [(name: String, value: String)]

    init(_ text: String?) {
        members = (text ?? "").split(separator: "&").map { member in
            let parts = member.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count == 2 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of a name, or nil.
    subscript(name: String) -> String? { members.first { $0.name == name }?.value }

    /// A whole number from 0, or nil when the name is absent.
    func number(_ name: String) throws(AdminError) -> Int? {
        guard let text = self[name] else { return nil }
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text) else {
            throw AdminError(.badRequest, "\(name) must be a whole number, not '\(text)'")
        }
        return number
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text).replacing("+", with: " ")
        return String(decoding: RequestTarget.percentDecoded(spaced) ?? Array(spaced.utf8), as: UTF8.self)
    }
}
