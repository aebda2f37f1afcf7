import JSON
import UserStore
import VendorKit

extension User {
    /// Reads a body that creates a user: only the email is required, and everything that the server owns is ignored.
    /// (Evidence: vendor, the guide on account users; that a missing team cannot be told from a real one is ours.)
    init(creating call: Call, for staff: Staff) throws(Problem) {
        var reader = try FieldReader(bodyOf: call)
        let email = reader.string("email", .required, .email).value
        self.init(email: email ?? "", account: staff.account, createdBy: Staff.email)
        readCommon(&reader)
        guard reader.problems.isEmpty else {
            throw Problem(.invalid(reader.problems), by: Rules.rule(brokenBy: reader.problems.first))
        }
    }

    /// Reads a body that changes a user: what it has replaces what was there, the rest stays, and what PATCH does not
    /// name is ignored, the email too. (Evidence: vendor, `PATCH /users/{email}` lists the members; ignoring the rest is
    /// the convention of this vendor's POST.)
    mutating func change(by call: Call) throws(Problem) {
        var reader = try FieldReader(bodyOf: call)
        switch reader.value("active", .optional) {
        case .absent, .null: break
        case .value(.boolean(let isActive)): self.isActive = isActive
        case .value(let other):
            reader.note("active", .wrongType(expected: "boolean", received: other.typeName))
        }
        readCommon(&reader)
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
            case .string(let email)? = object["email"], case .string(let id)? = object["account"],
            let account = Account.all.first(where: { $0.id == id })
        else { throw damaged }
        var reader = FieldReader(object)
        self.init(email: email, account: account, createdBy: reader.string("createdBy").value ?? Staff.email)
        readCommon(&reader)
        updatedBy = reader.string("updatedBy").value ?? Staff.email
        if case .boolean(let isActive)? = object["active"] { self.isActive = isActive }
        guard reader.problems.isEmpty else { throw damaged }
    }

    /// Reads what may be set and changed.
    private mutating func readCommon(_ reader: inout FieldReader) {
        name = reader.string("name").value ?? name
        let team = reader.integer("teamId").value
        if let team, team < 1 { reader.note("teamId", .unknownReference(String(team))) }
        teamID = team ?? teamID
        phone = reader.string("phone").value ?? phone
        imageSource = reader.string("imgSrc").value ?? imageSource
        notificationPreferences = NotificationPreferences.read(&reader) ?? notificationPreferences
        roles = Self.readRoles(&reader) ?? roles
    }

    /// Reads the roles: each must exist in the account, and is granted once. (Evidence: vendor, the guide on
    /// account users; 400 for one that does not exist is ours.)
    private static func readRoles(_ reader: inout FieldReader) -> [String]? {
        guard let elements = reader.array("roles").value else { return nil }
        var roles: [String] = []
        for (index, element) in elements.enumerated() {
            if let fault = element.fault(against: .oneOf(Role.names)) {
                reader.note([FieldProblem([.name("roles"), .index(index)], fault)])
            } else if case .string(let name) = element, !roles.contains(name) {
                roles.append(name)
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
