import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET /users`: a part of the users in the order of their creation, and how many there are.
///
/// Free text and customers are looked for in every user of the organisation; without them only the page is read.
/// (Evidence: vendor, list-users; ours, that letter case does not count in ASCII, and the sort key's name.)
enum ListUsers {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users") { call, _ throws(Problem) in
            try authenticate(call, with: key, takesKey: false)
        } run: { call, client, batch throws(Problem) in
            let query = Query(of: call.request)
            var problems: [FieldProblem] = []
            let limit = number("limit", in: query, 1...1000, usual: 100, &problems)
            let offset = number("offset", in: query, 0...Int(Int32.max), usual: 0, &problems)
            guard problems.isEmpty else { throw Problem(.invalid(problems), by: Rules.listed) }
            let wanted = Wanted(query, client)
            let (page, total) = try find(wanted, client, offset, limit, &batch)
            var items: [(Found, [Customer])] = []
            for found in page { items.append((found, try client.customers(of: found, &batch))) }
            call.why = Why(Rules.listed)
            return Envelope.success(.ok) { json in
                json.beginObject()
                json.name("items")
                json.beginArray()
                for (found, customers) in items {
                    found.user.write(to: &json, as: found.stored, of: client, in: customers)
                }
                json.endArray()
                json.name("pagination")
                json.beginObject()
                json.member("total", total)
                json.member("limit", limit)
                json.member("offset", offset)
                json.name("sort")
                json.beginObject()
                json.member("key", "createdAt")
                json.member("direction", "ASC")
                json.endObject()
                json.endObject()
                json.endObject()
            }
        }
    }

    private static func find(
        _ wanted: Wanted, _ client: Client, _ offset: Int, _ limit: Int, _ batch: inout Batch
    ) throws(Problem) -> ([Found], total: Int) {
        let sandbox = try batch.kept { batch throws(StoreError) in try batch.sandbox(named: client.sandbox) }
        guard let sandbox else { return ([], 0) }
        var page: [Found] = []
        if wanted.isEveryone {
            let (users, total) = try batch.kept { batch throws(StoreError) in
                (
                    try batch.users(of: Connect.number, in: sandbox, offset: offset, limit: limit),
                    try batch.countUsers(of: Connect.number, in: sandbox)
                )
            }
            for stored in users { page.append(Found(stored: stored, user: try User(stored: stored))) }
            return (page, total)
        }
        var total = 0
        var last: UserID?
        while true {
            let users = try batch.kept { batch throws(StoreError) in
                try batch.users(of: Connect.number, in: sandbox, after: last, limit: 1000)
            }
            for stored in users {
                let user = try User(stored: stored)
                guard wanted.includes(user) else { continue }
                if total >= offset, page.count < limit { page.append(Found(stored: stored, user: user)) }
                total += 1
            }
            guard users.count == 1000 else { return (page, total) }
            last = users.last?.id
        }
    }

    /// A whole number of the query; the last where several were sent.
    private static func number(
        _ name: String, in query: Query, _ range: ClosedRange<Int>, usual: Int, _ problems: inout [FieldProblem]
    ) -> Int {
        guard let text = query.values(of: name).last else { return usual }
        guard !text.isEmpty, text.utf8.count < 19, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text)
        else {
            problems.append(FieldProblem([.name(name)], .wrongType(expected: "integer", received: "string")))
            return usual
        }
        guard range.contains(number) else {
            let words = "must be from \(range.lowerBound) to \(range.upperBound)"
            problems.append(FieldProblem([.name(name)], .breaks(words)))
            return usual
        }
        return number
    }
}

/// Whom a list is to show.
private struct Wanted {
    private let text: [UInt8]
    private let customers: Set<Int64>?

    init(_ query: Query, _ client: Client) {
        text = (query.values(of: "filter").last ?? "").utf8.map(\.lowercase)
        let ids = query.values(of: "customerId").filter { !$0.isEmpty }
        customers = ids.isEmpty ? nil : Set(ids.compactMap(client.customerIDs.number))
    }

    var isEveryone: Bool { text.isEmpty && customers == nil }

    func includes(_ user: User) -> Bool {
        if let customers, !user.memberships.contains(where: { customers.contains($0.customer) }) { return false }
        return text.isEmpty || contains(user.name) || user.email.map(contains) ?? false
    }

    private func contains(_ value: String) -> Bool {
        let bytes = value.utf8.map(\.lowercase)
        guard bytes.count >= text.count else { return false }
        return (0...bytes.count - text.count).contains { start in
            bytes[start] == text[0] && bytes[start..<start + text.count].elementsEqual(text)
        }
    }
}

extension UInt8 {
    fileprivate var lowercase: UInt8 { (65...90).contains(self) ? self | 0x20 : self }
}
