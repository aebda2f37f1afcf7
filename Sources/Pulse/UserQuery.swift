import HTTPServer
import JSON
import UserStore
import VendorKit

/// What a list of users was asked for. (Evidence: vendor, the guide on leads: names, defaults, the form of `sort`, and
/// filters by field; the bounds, and 400 for what is beyond them, are ours.)
struct UserQuery {
    private(set) var page = 1
    private(set) var pageSize = 10
    private var search: String?
    private var filters: [(field: String, value: String)] = []
    private var order: [(field: String, descends: Bool)] = [("createdAt", true)]

    static let maximumPage = 1_000_000
    static let maximumPageSize = 100

    init(_ call: Call) throws(Problem) {
        var seen: Set<String> = []
        for pair in (call.request.target.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = try Self.decoded(parts[0])
            let value = parts.count == 2 ? try Self.decoded(parts[1]) : ""
            guard seen.insert(name).inserted else { throw Self.problem(name, "must be sent once, not several times") }
            switch name {
            case "page": page = try Self.number(value, "page", upTo: Self.maximumPage)
            case "pageSize": pageSize = try Self.number(value, "pageSize", upTo: Self.maximumPageSize)
            case "search": search = value.isEmpty ? nil : value.lowercased()
            case "sort": order = try Self.order(value)
            case _ where Entry.fields.contains(name):
                filters.append((name, name == "email" ? User.folded(value) : value))
            default: break
            }
        }
    }

    /// Whether users come by their age alone, in either direction.
    var isByAge: Bool { order.count == 1 && (order[0].field == "createdAt" || order[0].field == "id") }

    /// Whether the oldest come first.
    var isOldestFirst: Bool { isByAge && !order[0].descends }

    /// Whether not every user is wanted.
    var isSelective: Bool { search != nil || !filters.isEmpty }

    /// The one user, or nobody, that a filter by email or id leaves, found by it; nil without such a filter.
    func only(in sandbox: SandboxID, named name: String, _ batch: inout Batch) throws(Problem) -> [StoredUser]? {
        guard let filter = filters.first(where: { $0.field == "email" || $0.field == "id" }) else { return nil }
        if filter.field == "email" {
            return try batch.holder(of: User.claim(on: filter.value), at: Pulse.number, in: name).map { [$0] } ?? []
        }
        guard let ordinal = Int64(filter.value), (1..<(1 << 40)).contains(ordinal) else { return [] }
        let id = UserID(sandbox: sandbox, vendor: Pulse.number, ordinal: ordinal)
        return try batch.kept { batch throws(StoreError) in try batch.user(id) }.map { [$0] } ?? []
    }

    /// Whether a row may be a wanted user; false spares the parsing.
    func maySelect(_ row: StoredUser) -> Bool {
        guard let search else { return true }
        // Beyond ASCII other letters may become these in lower case, and some are written in several ways.
        return TextSearch(search).mayBeIn(json: row.fields) || row.fields.contains { $0 >= 0x80 }
    }

    /// Whether a user is wanted.
    func selects(_ entry: Entry) -> Bool {
        filters.allSatisfy { entry.text(of: $0.field)?.hasSameBytes(as: $0.value) == true }
            && (search.map(entry.contains) ?? true)
    }

    /// Whether one user comes before another; of equal ones the newer does.
    func isBefore(_ left: Entry, _ right: Entry) -> Bool {
        for (field, descends) in order {
            let comparison = left.compare(right, by: field)
            if comparison != 0 { return descends ? comparison > 0 : comparison < 0 }
        }
        return left.stored.id > right.stored.id
    }

    private static func order(_ text: String) throws(Problem) -> [(field: String, descends: Bool)] {
        var order: [(field: String, descends: Bool)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let descends = part.hasPrefix("-")
            let field = String(descends ? part.dropFirst() : part)
            guard Entry.sortable.contains(field), order.count < Entry.sortable.count else {
                let fields = Entry.sortable.joined(separator: ", ")
                throw problem("sort", "must be a list of \(fields), each with - for descending order")
            }
            order.append((field, descends))
        }
        return order
    }

    private static func number(_ text: String, _ name: String, upTo maximum: Int) throws(Problem) -> Int {
        guard (1...7).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text), (1...maximum).contains(number)
        else { throw problem(name, "must be a whole number from 1 to \(maximum)") }
        return number
    }

    private static func decoded(_ text: Substring) throws(Problem) -> String {
        // A form's blank; a plus itself comes as %2B.
        let blank = text.substituting("+", with: " ")
        guard let bytes = RequestTarget.percentDecoded(String(blank)),
            let decoded = String(validating: bytes, as: UTF8.self)
        else { throw problem("query", "must be percent-encoded UTF-8") }
        return decoded
    }

    private static func problem(_ name: String, _ message: String) -> Problem {
        Problem(.badField(name: name, message: message), by: Rules.query)
    }
}
