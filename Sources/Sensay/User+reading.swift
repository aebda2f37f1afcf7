import JSON
import UserStore
import VendorKit

extension User {
    /// Reads a body by the schema that creating and updating share: only the members of a user, all optional but
    /// perhaps the id. (Evidence: documented; that no other member may come, the vendor's OpenAPI file; that none may be
    /// null is ours, because no member of the schema is nullable.)
    ///
    /// - Returns: the user; its id is empty when the body has none.
    /// - Throws: `invalid` with every fault.
    init(
        reading call: Call, id presence: FieldReader.Presence, mustBe ownID: String? = nil, _ schema: Schema
    ) throws(Problem) {
        let body = try call.json()
        guard case .object(let object) = body else {
            let fault = FieldFault.wrongType(expected: "object", received: body.typeName)
            throw Problem(.invalid([FieldProblem([], fault)]), by: Rules.schema)
        }
        var reader = FieldReader(object)
        let user = User(&reader, id: presence, name: schema == .newest ? NameRule.faults : { _ in [] })
        reader.refuseMembers(except: ["name", "email", "id", "linkedAccounts"])
        // Last, because zod looks at a rule beyond the schema only after it.
        if let ownID, !user.id.isEmpty, !user.id.hasSameBytes(as: ownID) { reader.note("id", .mustEqual(ownID)) }
        if let first = reader.problems.first {
            throw Problem(.invalid(reader.problems), by: Rules.broken(by: first.fault))
        }
        self = user
    }

    /// Reads a user back from the store.
    ///
    /// - Throws: `internal` when the store holds something else.
    init(stored: StoredUser) throws(Problem) {
        guard let value = try? JSONValue(parsing: stored.fields), case .object(let object) = value else {
            throw Problem(.internal("user \(stored.id.rawValue) is damaged in the store"), by: KitRules.store)
        }
        var reader = FieldReader(object)
        // One that was made by the other schema is as good as any.
        self.init(&reader, id: .required) { _ in [] }
        guard reader.problems.isEmpty else {
            throw Problem(.internal("user \(stored.id.rawValue) is damaged in the store"), by: KitRules.store)
        }
    }

    private init(
        _ reader: inout FieldReader, id presence: FieldReader.Presence, name faults: (String) -> [FieldFault]
    ) {
        name = reader.string("name").value
        for fault in faults(name ?? "") { reader.note("name", fault) }
        email = reader.string("email", .optional, .email).value
        id = reader.string("id", presence, .notEmpty).value ?? ""
        linkedAccounts = []
        for (index, element) in (reader.array("linkedAccounts").value ?? []).enumerated() {
            let place: [PathElement] = [.name("linkedAccounts"), .index(index)]
            guard case .object(let object) = element else {
                reader.note([FieldProblem(place, .wrongType(expected: "object", received: element.typeName))])
                continue
            }
            var account = FieldReader(object, at: place)
            let accountID = account.string("accountID", .required).value
            let type = account.choice("accountType", among: LinkedAccount.types)
            account.refuseMembers(except: ["accountID", "accountType"])
            reader.note(account.problems)
            if let accountID, let type { linkedAccounts.append(LinkedAccount(id: accountID, type: type)) }
        }
    }
}

extension FieldReader {
    /// Reads a required text of a list; zod 3 names the list as the type, also to a value that is no text.
    fileprivate mutating func choice(_ name: String, among values: [String]) -> String? {
        switch value(name, .required) {
        case .absent, .null: return nil
        case .value(.string(let text)):
            guard let fault = TextRule.oneOf(values).fault(of: text) else { return text }
            note(name, fault)
        case .value(let other):
            note(name, .wrongType(expected: FieldMessages.list(values), received: other.typeName))
        }
        return nil
    }
}
