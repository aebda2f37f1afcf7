import UserStore
import VendorKit

/// Whom a list is to show.
struct WantedUsers {
    /// What a name or an e-mail must have in it.
    private let text: TextSearch?
    /// The ordinals of the customers of whom a user must belong to one; nil where that does not matter.
    private let customers: Set<Int64>?
    private static let chunk = 1000

    init(_ query: Query, _ client: Client, _ batch: inout Batch) throws(Problem) {
        let filter = query.values(of: "filter").last ?? ""
        text = filter.isEmpty ? nil : TextSearch(filter)
        let ids = query.values(of: "customerId").filter { !$0.isEmpty }
        var ordinals: Set<Int64> = []
        for id in ids { if let customer = try client.customer(id, &batch) { ordinals.insert(customer.id.ordinal) } }
        customers = ids.isEmpty ? nil : ordinals
    }

    /// Finds at most `limit` of them, oldest first, without the first `offset`, and counts all.
    func find(
        in name: String, _ offset: Int, _ limit: Int, _ batch: inout Batch
    ) throws(Problem) -> (page: [Found], total: Int) {
        guard let sandbox = try batch.kept({ batch throws(StoreError) in try batch.sandbox(named: name) }) else {
            return ([], 0)
        }
        let groups = customers?.map { UserID(sandbox: sandbox, vendor: Connect.customers, ordinal: $0) }
        if let text { return try search(text, groups, in: sandbox, offset, limit, &batch) }
        let (rows, total) = try batch.kept { batch throws(StoreError) -> ([StoredUser], Int) in
            guard let groups else {
                return (
                    try batch.users(of: Connect.number, in: sandbox, offset: offset, limit: limit),
                    try batch.countUsers(of: Connect.number, in: sandbox)
                )
            }
            guard groups.count != 1 else {
                return (
                    try batch.members(of: groups[0], among: Connect.number, offset: offset, limit: limit),
                    try batch.countMembers(of: groups[0])
                )
            }
            let members = try Self.union(of: groups, &batch)
            return (try Self.rows(of: members.dropFirst(offset).prefix(limit), &batch), members.count)
        }
        var page: [Found] = []
        for stored in rows { page.append(Found(stored: stored, user: try User(stored: stored))) }
        return (page, total)
    }

    /// Looks at every user, or at every member of some customers.
    private func search(
        _ text: TextSearch, _ groups: [UserID]?, in sandbox: SandboxID, _ offset: Int, _ limit: Int,
        _ batch: inout Batch
    ) throws(Problem) -> (page: [Found], total: Int) {
        var page: [Found] = []
        var total = 0
        var members = try groups.map { groups throws(Problem) in
            try batch.kept { batch throws(StoreError) in try Self.union(of: groups, &batch)[...] }
        }
        var last: UserID?
        while true {
            let rows = try batch.kept { batch throws(StoreError) in
                guard let some = members?.prefix(Self.chunk) else {
                    return try batch.users(of: Connect.number, in: sandbox, after: last, limit: Self.chunk)
                }
                members?.removeFirst(some.count)
                return try Self.rows(of: some, &batch)
            }
            for stored in rows where text.mayBeIn(json: stored.fields) {
                let user = try User(stored: stored)
                guard text.isIn(user.name) || user.email.map(text.isIn) ?? false else { continue }
                if total >= offset, page.count < limit { page.append(Found(stored: stored, user: user)) }
                total += 1
            }
            guard rows.count == Self.chunk else { return (page, total) }
            last = rows.last?.id
        }
    }

    /// The members of some groups, each once, oldest first.
    private static func union(of groups: [UserID], _ batch: inout Batch) throws(StoreError) -> [UserID] {
        var all: Set<UserID> = []
        for group in groups { all.formUnion(try batch.allMembers(of: group)) }
        return all.sorted()
    }

    private static func rows(
        of members: ArraySlice<UserID>, _ batch: inout Batch
    ) throws(StoreError) -> [StoredUser] {
        var rows: [StoredUser] = []
        for member in members {
            if let row = try batch.user(member) { rows.append(row) }
        }
        return rows
    }
}
