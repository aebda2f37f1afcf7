import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET /users`: 200 with one page of the deployment's users, and where it stands.
///
/// (Evidence: vendor, the guides on leads and applications for the parameters and that there is a pagination part; the
/// answer's shape is ours, because it was never shown. Ours is too that searches, filters and orders other than by age look
/// at the newest 10,000; a page of all by their age is found however many there are.)
enum ListUsers {
    /// How many users one request looks at.
    static let window = 10_000
    private static let chunk = 500

    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users") { call, batch throws(Problem) in
            try authenticate(call, with: key, &batch)
        } run: { call, staff, batch throws(Problem) in
            let query = try UserQuery(call)
            let (users, hasNext) = try page(query, in: staff.sandbox, &batch)
            call.why = Why(Rules.listed)
            return Envelope.success(.ok) { json in
                json.beginObject()
                json.name("users")
                json.beginArray()
                for entry in users { entry.user.write(to: &json, as: entry.stored) }
                json.endArray()
                json.name("pagination")
                json.beginObject()
                json.member("page", query.page)
                json.member("pageSize", query.pageSize)
                json.member("hasNextPage", hasNext)
                json.endObject()
                json.endObject()
            }
        }
    }

    private static func page(
        _ query: UserQuery, in name: String, _ batch: inout Batch
    ) throws(Problem) -> (users: [Entry], hasNext: Bool) {
        guard let sandbox = try batch.kept({ batch throws(StoreError) in try batch.sandbox(named: name) }) else {
            return ([], false)
        }
        let offset = (query.page - 1) * query.pageSize
        if let only = try query.only(in: sandbox, named: name, &batch) {
            let chosen = try entries(only[...]).filter(query.selects)
            return (Array(chosen.dropFirst(offset).prefix(query.pageSize)), chosen.count > offset + query.pageSize)
        }
        if query.isByAge, !query.isSelective { return try page(query, offset, in: sandbox, &batch) }
        let wanted = query.isByAge ? offset + query.pageSize + 1 : window
        var found: [StoredUser] = []
        var last: UserID?
        var seen = 0
        while found.count < wanted, seen < window {
            let count = min(chunk, window - seen)
            let rows = try batch.kept { batch throws(StoreError) in
                query.isOldestFirst
                    ? try batch.users(of: Pulse.number, in: sandbox, after: last, limit: count)
                    : try batch.newestUsers(of: Pulse.number, in: sandbox, before: last?.ordinal, limit: count)
            }
            last = rows.last?.id ?? last
            seen += rows.count
            for row in rows {
                if query.isSelective {
                    guard query.maySelect(row), try query.selects(Entry(row)) else { continue }
                }
                found.append(row)
            }
            if rows.count < count { break }
        }
        if query.isByAge {
            return (try entries(found.dropFirst(offset).prefix(query.pageSize)), found.count > offset + query.pageSize)
        }
        let all = try entries(found[...]).sorted(by: query.isBefore)
        return (Array(all.dropFirst(offset).prefix(query.pageSize)), all.count > offset + query.pageSize)
    }

    /// A page of all users by their age: found by its rank, however many there are.
    private static func page(
        _ query: UserQuery, _ offset: Int, in sandbox: SandboxID, _ batch: inout Batch
    ) throws(Problem) -> (users: [Entry], hasNext: Bool) {
        let (rows, total) = try batch.kept { batch throws(StoreError) -> ([StoredUser], Int) in
            let total = try batch.countUsers(of: Pulse.number, in: sandbox)
            let end = min(offset + query.pageSize, total)
            guard offset < end else { return ([], total) }
            let first = query.isOldestFirst ? offset : total - end
            let rows = try batch.users(of: Pulse.number, in: sandbox, offset: first, limit: end - offset)
            return (query.isOldestFirst ? rows : rows.reversed(), total)
        }
        return (try entries(rows[...]), total > offset + query.pageSize)
    }

    private static func entries(_ rows: ArraySlice<StoredUser>) throws(Problem) -> [Entry] {
        var entries: [Entry] = []
        for row in rows { entries.append(try Entry(row)) }
        return entries
    }
}

/// A user with what the store knows of it.
struct Entry {
    let stored: StoredUser
    let user: User

    init(_ stored: StoredUser) throws(Problem) {
        self.stored = stored
        user = try User(stored: stored)
    }

    /// The fields by which one can filter and sort.
    static let fields = ["id", "email", "name", "active", "teamId", "phone", "createdBy", "updatedBy"]
    static let sortable = ["createdAt", "updatedAt", "id", "email", "name"]

    /// The text of a field; nil when it is not set.
    func text(of field: String) -> String? {
        switch field {
        case "id": String(stored.id.ordinal)
        case "email": User.folded(user.email)
        case "name": user.name
        case "active": String(user.isActive)
        case "teamId": user.teamID.map { String($0) }
        case "phone": user.phone
        case "createdBy": user.createdBy
        case "updatedBy": user.updatedBy
        default: nil
        }
    }

    /// Whether one of its texts has this one in it, in any letter case.
    func contains(_ text: String) -> Bool {
        let search = TextSearch(text)
        return [user.email, user.name, user.phone, user.imageSource].contains { text in
            text.map { search.isIn($0.lowercased()) } ?? false
        }
    }

    /// How this user compares with another by a field: negative when it comes first.
    func compare(_ other: Entry, by field: String) -> Int {
        switch field {
        case "createdAt", "id": Self.order(stored.id.ordinal, other.stored.id.ordinal)
        case "updatedAt": Self.order(stored.updatedAt, other.stored.updatedAt)
        default: Self.order(text(of: field) ?? "", other.text(of: field) ?? "")
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left > right ? 1 : 0
    }
}
