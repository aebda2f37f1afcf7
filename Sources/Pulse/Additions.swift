import HTTPServer
import JSON
import UserStore
import VendorKit

/// What a seed adds to a deployment: accounts and roles beside those that every deployment has, and teams.
///
/// Pulse has operations of its own for these, which are not served, so each is checked here. None of them ever
/// changes, and all go with the sandbox. (Evidence: ours; the forms are those in which users show them.)
enum Additions {
    /// Most accounts, roles and teams of one deployment together.
    static let maximum = 1000

    /// An account: its id, as `x-account-id` names it, and its name.
    static func account(_ key: SandboxKey) -> Operation {
        operation("/accounts", key) { reader in
            let id = reader.string("accountId", .required, .notEmpty).value ?? ""
            let name = reader.string("accountName", .required, .notBlank).value ?? ""
            if !id.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) || id.utf8.count > 64 {
                reader.note("accountId", .breaks("must be 1 to 64 characters of visible ASCII"))
            }
            let account = Account(id: id, name: name)
            return (Claim(kind: ClaimKind.account, value: id), Account.standard(id) != nil, account.write)
        }
    }

    /// A role: its name and what it permits.
    static func role(_ key: SandboxKey) -> Operation {
        operation("/roles", key) { reader in
            let name = reader.string("name", .required, .notBlank).value ?? ""
            let role = Role(name: name, permissions: reader.texts("permissions", .optional, .notEmpty).value ?? [])
            return (Claim(kind: ClaimKind.role, value: name), Role.standard(name) != nil, role.write)
        }
    }

    /// A team: its id and its name.
    ///
    /// Once there is one, users can be in no others.
    static func team(_ key: SandboxKey) -> Operation {
        operation("/teams", key) { reader in
            let id = reader.integer("teamId", .required).value ?? 1
            if id < 1 { reader.note("teamId", .breaks("must be a positive number")) }
            let name = reader.string("name", .optional, .notBlank).value
            return (
                Claim(kind: ClaimKind.team, value: String(id)), false,
                { json in
                    json.beginObject()
                    json.member("teamId", id)
                    if let name { json.member("name", name) }
                    json.endObject()
                }
            )
        }
    }

    /// - Parameter read: gives what is claimed, whether every deployment has it already, and what is kept.
    private static func operation(
        _ path: String, _ key: SandboxKey,
        read: @escaping @Sendable (inout FieldReader) -> (Claim, isStandard: Bool, (inout JSONWriter) -> Void)
    ) -> Operation {
        Operation(.post, path) { call, _ throws(Problem) in
            try authenticateToken(call, with: key)
        } run: { call, holder, batch throws(Problem) in
            var reader = try FieldReader(bodyOf: call)
            let (claim, isStandard, write) = read(&reader)
            guard reader.problems.isEmpty else { throw Problem(.invalid(reader.problems), by: Rules.addition) }
            guard !isStandard else { throw Problem(.conflict(claim, owner: nil, request: nil), by: Rules.addition) }
            var json = JSONWriter(reserving: 128)
            write(&json)
            let stored = try batch.create(
                Pulse.additions, in: holder.sandbox, for: call, uniqueBy: { _ in Rules.addition }
            ) { _ in
                ([claim], json.bytes)
            }
            guard stored.id.ordinal <= maximum else {
                let words = "is one too many: a deployment has at most \(maximum) accounts, roles and teams of a seed"
                throw Problem(.invalid([FieldProblem([], .breaks(words))]), by: Rules.addition)
            }
            return Envelope.success(.created, write)
        }
    }
}

extension Batch {
    /// The account of an id, of every deployment or added to this one; nil when there is none.
    mutating func account(_ id: String, in sandbox: String) throws(Problem) -> Account? {
        if let account = Account.standard(id) { return account }
        let added = try addition(Claim(kind: ClaimKind.account, value: id), in: sandbox)
        return added.flatMap(Account.init(stored:))
    }

    /// All accounts of a deployment.
    mutating func accounts(in sandbox: String) throws(Problem) -> [Account] {
        let added = try additions(in: sandbox)
        return Account.all + added.compactMap(Account.init(stored:))
    }

    /// The role of a name, of every deployment or added to this one; nil when there is none.
    mutating func role(_ name: String, in sandbox: String) throws(Problem) -> Role? {
        if let role = Role.standard(name) { return role }
        let added = try addition(Claim(kind: ClaimKind.role, value: name), in: sandbox)
        return added.flatMap(Role.init(stored:))
    }

    /// The names of all roles of a deployment.
    mutating func roleNames(in sandbox: String) throws(Problem) -> [String] {
        let added = try additions(in: sandbox)
        return Role.names + added.compactMap { Role(stored: $0)?.name }
    }

    /// Whether users of a deployment can be in a team: in any, unless a seed has named the teams.
    mutating func hasTeam(_ id: Int, in sandbox: String) throws(Problem) -> Bool {
        if try addition(Claim(kind: ClaimKind.team, value: String(id)), in: sandbox) != nil { return true }
        let isTeam = { (value: JSONValue) in
            if case .object(let object) = value { object["teamId"] != nil } else { false }
        }
        let added = try additions(in: sandbox)
        return id > 0 && !added.contains(where: isTeam)
    }

    private mutating func addition(_ claim: Claim, in sandbox: String) throws(Problem) -> JSONValue? {
        guard let stored = try holder(of: claim, at: Pulse.additions, in: sandbox) else { return nil }
        return try? JSONValue(parsing: stored.fields)
    }

    private mutating func additions(in name: String) throws(Problem) -> [JSONValue] {
        let rows = try kept { batch throws(StoreError) -> [StoredUser] in
            guard let sandbox = try batch.sandbox(named: name) else { return [] }
            return try batch.users(of: Pulse.additions, in: sandbox, limit: Additions.maximum)
        }
        return rows.compactMap { try? JSONValue(parsing: $0.fields) }
    }
}

extension Account {
    /// Reads an account back from the store; nil when it is something else.
    fileprivate init?(stored value: JSONValue) {
        guard case .object(let object) = value, case .string(let id)? = object["accountId"],
            case .string(let name)? = object["accountName"]
        else { return nil }
        self.init(id: id, name: name)
    }

    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("accountId", id)
        json.member("accountName", name)
        json.endObject()
    }
}

extension Role {
    /// Reads a role back from the store, where a standard one is its name; nil when it is something else.
    init?(stored value: JSONValue) {
        switch value {
        case .string(let name):
            guard let role = Role.standard(name) else { return nil }
            self = role
        case .object(let object):
            var reader = FieldReader(object)
            guard let name = reader.string("name").value, let permissions = reader.texts("permissions").value else {
                return nil
            }
            self.init(name: name, permissions: permissions)
        default: return nil
        }
    }

    /// Writes a role as the store keeps it.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("name", name)
        json.name("permissions")
        json.beginArray()
        for permission in permissions { json.string(permission) }
        json.endArray()
        json.endObject()
    }
}
