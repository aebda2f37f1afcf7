import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET /users`: 200 with one page of the deployment's users, and where it stands.
///
/// (Evidence: vendor, the guides on leads and applications for the parameters and that there is a pagination part; the
/// answer's shape is ours, because it was never shown, and so is that a page comes from the newest 10,000.)
enum ListUsers {
    /// How many users one request looks at.
    static let window = 10_000
    private static let chunk = 500

    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users") { call, _ throws(Problem) in
            try authenticate(call, with: key)
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
        let wanted = query.isByAge ? offset + query.pageSize + 1 : window
        var found: [StoredUser] = []
        var last: UserID?
        var seen = 0
        while found.count < wanted, seen < window {
            let count = min(chunk, window - seen, query.isSelective ? chunk : wanted - found.count)
            let rows = try batch.kept { batch throws(StoreError) in
                query.isOldestFirst
                    ? try batch.users(of: Pulse.number, in: sandbox, after: last, limit: count)
                    : try batch.newestUsers(of: Pulse.number, in: sandbox, before: last?.ordinal, limit: count)
            }
            last = rows.last?.id ?? last
            seen += rows.count
            for row in rows {
                if query.isSelective, !query.selects(try Entry(row)) { continue }
                found.append(row)
            }
            if rows.count < count { break }
        }
        if query.isByAge {
            var users: [Entry] = []
            for row in found.dropFirst(offset).prefix(query.pageSize) { users.append(try Entry(row)) }
            return (users, found.count > offset + query.pageSize)
        }
        var all: [Entry] = []
        for row in found { all.append(try Entry(row)) }
        all.sort(by: query.isBefore)
        return (Array(all.dropFirst(offset).prefix(query.pageSize)), all.count > offset + query.pageSize)
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
        [user.email, user.name, user.phone, user.imageSource].contains { $0?.lowercased().contains(text) == true }
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
