import JSON
import UserStore
import VendorKit

extension User {
    /// Reads a body that creates a user: only the email is required, and everything that the server owns is ignored.
    /// (Evidence: vendor, the guide on account users; that every team is a real one, unless a seed names the teams,
    /// is ours.)
    init(creating call: Call, for staff: Staff, _ batch: inout Batch) throws(Problem) {
        var reader = try FieldReader(bodyOf: call)
        let email = reader.string("email", .required, .email).value
        self.init(email: email ?? "", account: staff.account, createdBy: Staff.email)
        try readCommon(&reader, in: staff.sandbox, &batch)
        guard reader.problems.isEmpty else {
            throw Problem(.invalid(reader.problems), by: Rules.rule(brokenBy: reader.problems.first))
        }
    }

    /// Reads a body that changes a user: what it has replaces what was there, the rest stays, and what PATCH does not
    /// name is ignored, the email too. (Evidence: vendor, `PATCH /users/{email}` lists the members; ignoring the rest is
    /// the convention of this vendor's POST.)
    mutating func change(by call: Call, in sandbox: String, _ batch: inout Batch) throws(Problem) {
        var reader = try FieldReader(bodyOf: call)
        switch reader.value("active", .optional) {
        case .absent, .null: break
        case .value(.boolean(let isActive)): self.isActive = isActive
        case .value(let other):
            reader.note("active", .wrongType(expected: "boolean", received: other.typeName))
        }
        try readCommon(&reader, in: sandbox, &batch)
        updatedBy = Staff.email
        guard reader.problems.isEmpty else {
            throw Problem(.invalid(reader.problems), by: Rules.rule(brokenBy: reader.problems.first))
        }
    }

    /// Reads a user back from the store.
    ///
    /// - Throws: `internal` when the store holds something else.
    init(stored user: StoredUser) throws(Problem) {
        let damaged = Problem(.internal("user \(user.id.rawValue) is damaged in the store"), by: KitRules.store)
        guard let value = try? JSONValue(parsing: user.fields), case .object(let object) = value,
            case .string(let email)? = object["email"], case .string(let id)? = object["account"]
        else { throw damaged }
        var reader = FieldReader(object)
        guard
            let account = Account.standard(id) ?? reader.string("accountName").value.map({ Account(id: id, name: $0) })
        else { throw damaged }
        self.init(email: email, account: account, createdBy: reader.string("createdBy").value ?? Staff.email)
        name = reader.string("name").value
        readRest(&reader)
        teamID = reader.integer("teamId").value
        for element in reader.array("roles").value ?? [] {
            guard let role = Role(stored: element) else { throw damaged }
            roles.append(role)
        }
        updatedBy = reader.string("updatedBy").value ?? Staff.email
        if case .boolean(let isActive)? = object["active"] { self.isActive = isActive }
        guard reader.problems.isEmpty else { throw damaged }
    }

    /// Reads what may be set and changed.
    private mutating func readCommon(
        _ reader: inout FieldReader, in sandbox: String, _ batch: inout Batch
    ) throws(Problem) {
        name = reader.string("name").value ?? name
        if let team = reader.integer("teamId").value {
            if try !batch.hasTeam(team, in: sandbox) { reader.note("teamId", .unknownReference(String(team))) }
            teamID = team
        }
        readRest(&reader)
        roles = try Self.readRoles(&reader, in: sandbox, &batch) ?? roles
    }

    /// Reads what names nothing else.
    private mutating func readRest(_ reader: inout FieldReader) {
        phone = reader.string("phone").value ?? phone
        imageSource = reader.string("imgSrc").value ?? imageSource
        notificationPreferences = NotificationPreferences.read(&reader) ?? notificationPreferences
    }

    /// Reads the roles: each must exist in the account, and is granted once. (Evidence: vendor, the guide on
    /// account users; 400 for one that does not exist is ours.)
    private static func readRoles(
        _ reader: inout FieldReader, in sandbox: String, _ batch: inout Batch
    ) throws(Problem) -> [Role]? {
        guard let elements = reader.array("roles").value else { return nil }
        var roles: [Role] = []
        var names: [String] = []
        for (index, element) in elements.enumerated() {
            let place: [PathElement] = [.name("roles"), .index(index)]
            if let fault = element.fault(against: nil) {
                reader.note([FieldProblem(place, fault)])
            } else if case .string(let name) = element {
                if let role = try batch.role(name, in: sandbox) {
                    if !roles.contains(role) { roles.append(role) }
                } else {
                    if names.isEmpty { names = try batch.roleNames(in: sandbox) }
                    reader.note([FieldProblem(place, .notOneOf(names, received: name))])
                }
            }
        }
        return roles
    }
}

extension FieldReader {
    /// Opens a call's body, which must be an object.
    init(bodyOf call: Call) throws(Problem) {
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.schema)
        }
        self.init(object)
    }
}
