import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET` and `POST /user_identities/list`: page by page, in the order of their creation.
///
/// One answer looks at a bounded number of user identities, and its cursor goes on there: so a search in a large
/// workspace may bring a page with few or none that has a next one. (Evidence: documented parameters and pagination; the
/// order is that of the fake's other lists, also where a clock was set back; the bound is ours.)
enum ListUserIdentities {
    static func operations(_ key: SandboxKey) -> [Operation] {
        [.get, .post].map { method in
            Operation(method, "/user_identities/list") { call, _ throws(Problem) in
                try authenticate(call, with: key, takesSessions: true)
            } run: { call, workspace, batch throws(Problem) in
                let page = try Page(call, workspace)
                let (rows, end) = try page.rows(workspace, &batch)
                call.why = Why(Rules.listed)
                return Envelope.success(call) { json in
                    json.name("user_identities")
                    json.beginArray()
                    for row in rows { row.identity.write(to: &json, as: row.user, in: workspace) }
                    json.endArray()
                    let next = end.map { page.cursors.text(of: $0.ordinal) }
                    json.name("pagination")
                    json.beginObject()
                    json.member("next_page_cursor", next)
                    json.member("has_next_page", next != nil)
                    json.member("next_page_url", next.map { page.url(call, after: $0) })
                    json.endObject()
                }
            }
        }
    }
}

/// Which user identities a call asks for.
private struct Page {
    private let limit: Int
    /// Cursors: the last ordinal that a page looked at, readable only with the same parameters.
    ///
    /// (Evidence: vendor, that a cursor is bound to them; ours, its form, and that a made-up one is refused so too.)
    let cursors: DerivedUUID
    private let parameters: JSONObject
    private let after: Int64
    private let ids: [String]?
    private let search: TextSearch?
    private let mayBeID: Bool
    private let createdBefore: Int64?
    private let needsAccessSystem: Bool

    /// Number of user identities of a page when the call does not say. (Evidence: documented.)
    private static let usualLimit = 500
    /// Rows that one answer looks at, whatever the limit: some milliseconds for a search, a hundred for a page so long.
    static let window = 10_000
    private static let chunk = 1000

    init(_ call: Call, _ workspace: Workspace) throws(Problem) {
        let names = [
            "created_before", "credential_manager_acs_system_id", "limit", "search", "user_identity_ids",
        ]
        let sent = try Parameters.read(call, ["user_identity_ids": .array, "limit": .number])
        var reader = FieldReader(sent)
        ids = reader.texts("user_identity_ids", .optional, .uuid).value
        let term = reader.string("search", .optional, .notEmpty).value
        let number = Self.limit(&reader)
        let cursor = reader.string("page_cursor", .nullable).value
        let before = reader.string("created_before").value
        createdBefore = before.flatMap(Timestamp.milliseconds)
        if before != nil, createdBefore == nil { reader.note("created_before", .breaks("Invalid datetime")) }
        needsAccessSystem = reader.string("credential_manager_acs_system_id", .optional, .uuid).value != nil
        guard reader.problems.isEmpty else { throw Problem(.invalid(reader.problems), by: Rules.schema) }
        limit = number ?? Self.usualLimit
        search = term.map { TextSearch($0) }
        mayBeID = term?.allSatisfy { $0 == "-" || $0.isHexDigit } ?? false
        var named = JSONObject()
        for name in names { if let value = sent[name] { named.append(name, value) } }
        parameters = named
        var json = JSONWriter(reserving: 128)
        json.value(.object(named))
        cursors = DerivedUUID("seam/cursor/\(workspace.sandbox)/\(String(decoding: json.bytes, as: UTF8.self))")
        guard let cursor else {
            after = 0
            return
        }
        guard let ordinal = cursors.number(of: cursor), (1..<(1 << 40)).contains(ordinal) else {
            let message =
                "When using next_page_cursor, the request must send parameters identical to the initial request."
            throw Problem(.badField(name: "page_cursor", message: message), by: Rules.cursor)
        }
        after = ordinal
    }

    /// A whole number greater than 0, however great. (Evidence: vendor, seamapi/types states no maximum.)
    private static func limit(_ reader: inout FieldReader) -> Int? {
        guard let value = reader.value("limit", .optional).value else { return nil }
        guard case .number(let number) = value else {
            reader.note("limit", .wrongType(expected: "number", received: value.typeName))
            return nil
        }
        if !number.isInteger { reader.note("limit", .wrongType(expected: "integer", received: "float")) }
        let isNegative = number.text.hasPrefix("-")
        if isNegative || number.integer == 0 { reader.note("limit", .breaks("Number must be greater than 0")) }
        return isNegative ? nil : min(number.integer ?? Int(Int32.max), Int(Int32.max))
    }

    /// The page's rows, and where the next page begins after; nil where there is none.
    func rows(_ workspace: Workspace, _ batch: inout Batch) throws(Problem) -> (rows: [Found], end: UserID?) {
        guard !needsAccessSystem else { return ([], nil) }
        guard let sandbox = try batch.kept({ batch throws(StoreError) in try batch.sandbox(named: workspace.sandbox) })
        else { return ([], nil) }
        if let ids {
            let found = try pick(ids, workspace, &batch)
            return (Array(found.prefix(limit)), found.count > limit ? found[limit - 1].user.id : nil)
        }
        var found: [Found] = []
        var last = UserID(sandbox: sandbox, vendor: Seam.number, ordinal: after)
        var looks = Self.window
        while looks > 0 {
            let count = min(search == nil ? limit + 1 - found.count : Self.chunk, Self.chunk, looks)
            let users = try batch.kept { batch throws(StoreError) in
                try batch.users(of: Seam.number, in: sandbox, after: last, limit: count)
            }
            var tooYoung: UserID?
            for user in users {
                looks -= 1
                if let createdBefore, user.createdAt >= createdBefore {
                    tooYoung = user.id
                    break
                }
                if let row = try match(user, workspace) {
                    if found.count == limit { return (found, last) }
                    found.append(row)
                }
                last = user.id
            }
            if let tooYoung {
                // All that follow are younger still, up to where the clock was set back.
                let step = try batch.kept { batch throws(StoreError) in try batch.clockStep(after: tooYoung) }
                guard let step else { return (found, nil) }
                last = UserID(rawValue: step.rawValue - 1)
            } else if users.count < count {
                return (found, nil)
            }
        }
        let isEnd = try batch.kept { batch throws(StoreError) in
            try batch.users(of: Seam.number, in: sandbox, after: last, limit: 1).isEmpty
        }
        return (found, isEnd ? nil : last)
    }

    /// The rows of these ids, in the order of all lists; an id of nobody is passed over.
    private func pick(_ ids: [String], _ workspace: Workspace, _ batch: inout Batch) throws(Problem) -> [Found] {
        var picked: [UserID: Found] = [:]
        for id in ids {
            do throws(Problem) {
                let row = try workspace.find(id: id, &batch)
                guard row.user.id.ordinal > after, createdBefore.map({ row.user.createdAt < $0 }) ?? true,
                    isWanted(row, workspace)
                else { continue }
                picked[row.user.id] = row
            } catch {
                guard case .notFound = error.kind else { throw error }
            }
        }
        return Array(picked.values.sorted { $0.user.id < $1.user.id }.prefix(limit + 1))
    }

    /// A row, if it is one of those that are searched for.
    private func match(_ user: StoredUser, _ workspace: Workspace) throws(Problem) -> Found? {
        if let search, !mayBeID, !search.mayBeIn(json: user.fields) { return nil }
        let row = Found(user: user, identity: try UserIdentity(stored: user))
        return isWanted(row, workspace) ? row : nil
    }

    /// Whether name, number, address or id contains the search text. (Evidence: documented fields.)
    private func isWanted(_ row: Found, _ workspace: Workspace) -> Bool {
        guard let search else { return true }
        let identity = row.identity
        return [identity.fullName, identity.phoneNumber, identity.emailAddress].contains {
            $0.map(search.isIn) ?? false
        } || mayBeID && search.isIn(identity.id(of: row.user, in: workspace))
    }

    /// Where the next page is: the parameters in the order of their names, and the cursor.
    ///
    /// (Evidence: vendor, the fake, which names the cursor `next_page_cursor`; the list takes `page_cursor`.)
    func url(_ call: Call, after cursor: String) -> String {
        var pairs: [(String, String)] = []
        for member in parameters.members {
            switch member.value {
            case .array(let elements):
                for case .string(let text) in elements { pairs.append((member.name, text)) }
            case .string(let text): pairs.append((member.name, text))
            case .number(let number): pairs.append((member.name, number.text))
            default: break
            }
        }
        pairs.append(("page_cursor", cursor))
        pairs.sort { $0.0 < $1.0 }
        let query = pairs.map { "\($0.0)=\(Query.encode($0.1))" }.joined(separator: "&")
        return "http://\(call.request.target.authority)\(call.request.target.path)?\(query)"
    }
}
