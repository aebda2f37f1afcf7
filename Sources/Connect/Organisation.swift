import JSON
import UserStore
import VendorKit

/// A user with its row.
struct Found {
    let stored: StoredUser
    let user: User
}

/// A customer: whom users belong to.
struct Customer {
    let id: UserID
    let name: String
    /// The id that a seed chose, in place of the derived one.
    let chosenID: String?

    /// The id that Connect shows.
    func shownID(_ client: Client) -> String { chosenID ?? client.customerIDs.text(of: id.ordinal) }
}

extension Client {
    /// The UUIDs of the organisation's users, by their row.
    var userIDs: DerivedUUID { DerivedUUID("connect/user/\(sandbox)") }

    /// The UUIDs of its customers.
    var customerIDs: DerivedUUID { DerivedUUID("connect/customer/\(sandbox)") }

    /// Finds a user by the id that Connect shows.
    ///
    /// - Throws: `notFound`.
    func user(_ id: String, _ batch: inout Batch) throws(Problem) -> Found {
        guard let found = try find(id, &batch) else { throw Problem(.notFound, by: Rules.known) }
        return found
    }

    /// Finds a user by the id that Connect shows, derived or chosen; nil when there is none.
    func find(_ id: String, _ batch: inout Batch) throws(Problem) -> Found? {
        // One whose id was chosen has that id alone.
        if let stored = try batch.user(userIDs.number(of: id), at: Connect.number, in: sandbox),
            case let user = try User(stored: stored), user.chosenID == nil
        {
            return Found(stored: stored, user: user)
        }
        let claim = Claim(kind: Connect.ClaimKind.userID, value: id.lowercased())
        return try batch.holder(of: claim, at: Connect.number, in: sandbox).map { stored throws(Problem) in
            Found(stored: stored, user: try User(stored: stored))
        }
    }

    /// Finds a customer by the id that Connect shows; nil when there is none.
    func customer(_ id: String, _ batch: inout Batch) throws(Problem) -> Customer? {
        if let stored = try batch.user(customerIDs.number(of: id), at: Connect.customers, in: sandbox),
            case let customer = try Customer(stored: stored), customer.chosenID == nil
        {
            return customer
        }
        let claim = Claim(kind: Connect.ClaimKind.customerID, value: id.lowercased())
        return try batch.holder(of: claim, at: Connect.customers, in: sandbox).map { stored throws(Problem) in
            try Customer(stored: stored)
        }
    }

    /// The customers of a user, in the order in which it joined them.
    func customers(of found: Found, _ batch: inout Batch) throws(Problem) -> [Customer] {
        var customers: [Customer] = []
        for membership in found.user.memberships {
            if let stored = try batch.user(membership.customer, at: Connect.customers, in: sandbox) {
                customers.append(try Customer(stored: stored))
            }
        }
        return customers
    }
}

extension Customer {
    /// Reads a customer back from the store.
    init(stored: StoredUser) throws(Problem) {
        var reader = try FieldReader(stored: stored)
        id = stored.id
        name = reader.string("name").value ?? ""
        chosenID = reader.string("customerId").value
    }
}

extension FieldReader {
    /// Reads a row's fields back from the store.
    ///
    /// - Throws: `internal` when the store holds something else.
    init(stored: StoredUser) throws(Problem) {
        guard let value = try? JSONValue(parsing: stored.fields), case .object(let object) = value else {
            throw Problem(.internal("row \(stored.id.rawValue) is damaged in the store"), by: KitRules.store)
        }
        self.init(object)
    }
}
