import HTTPServer
import VendorKit

/// Which exchanges are meant: `vendor`, `sandbox`, `operation`, `method`, `path`, `status`, and `body.NAME` for a
/// member of the request's body by its dotted path.
struct JournalFilter: Sendable {
    private let conditions: [(name: String, value: String)]

    /// The members of a query that choose something else than exchanges.
    private static let others: Set<String> = ["limit", "format", "times", "wait"]
    private static let names = ["vendor", "sandbox", "operation", "method", "path", "status"]

    /// Takes the conditions of a query.
    ///
    /// - Throws: when it has a member that is no condition, because a misspelt one would choose everything.
    init(_ query: Query) throws(AdminError) {
        conditions = query.pairs.filter { !Self.others.contains($0.name) }
        for condition in conditions
        where !Self.names.contains(condition.name) && !condition.name.hasPrefix("body.") {
            throw AdminError(
                .badRequest,
                "'\(condition.name)' is no condition: there are \(Self.names.joined(separator: ", ")) and body.NAME")
        }
        _ = try query.number("status", 100...599)
    }

    /// How many conditions an exchange misses; 0 when it is meant.
    func misses(_ exchange: Exchange) -> [String] {
        conditions.compactMap { condition in
            let found = value(condition.name, of: exchange)
            return found == condition.value ? nil : "\(condition.name) is \(found.map { "'\($0)'" } ?? "absent")"
        }
    }

    private func value(_ name: String, of exchange: Exchange) -> String? {
        switch name {
        case "vendor": exchange.vendor
        case "sandbox": exchange.sandbox
        case "operation": exchange.operation
        case "method": exchange.request.method.name
        case "path": exchange.request.target.path
        case "status": String(exchange.response.status.code)
        default: BodyMember.text(String(name.dropFirst(5)), of: exchange.request)
        }
    }
}
