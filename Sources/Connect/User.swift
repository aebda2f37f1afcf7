import JSON
import UserStore
import VendorKit

/// A user's own fields: what a client may set.
struct User {
    var name: String
    var email: String?
    var msisdn: String?
    var identity: String?
    var metadata: JSONObject?
    /// The customers whom it belongs to, in the order in which it joined them; no client sets them here.
    ///
    /// The store knows them too, as the members of each customer.
    var memberships: [Membership] = []

    /// The id that a seed chose, in place of the derived one.
    var chosenID: String?

    /// The id that Connect shows.
    func id(of user: StoredUser, _ client: Client) -> String {
        chosenID ?? client.userIDs.text(of: user.id.ordinal)
    }

    /// The fields as the store keeps them: Connect's names, unset ones left out.
    var stored: [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        writeOwn(to: &json)
        if let chosenID { json.member("userId", chosenID) }
        if let metadata { json.member("metadata", .object(metadata)) }
        if !memberships.isEmpty {
            json.name("customers")
            json.beginArray()
            for membership in memberships {
                json.beginObject()
                json.member("customer", membership.customer)
                json.member("role", membership.role)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
        return json.bytes
    }

    /// Writes the user as Connect shows it, in the order of its page; what was never set is left out.
    /// (Evidence: documented shape; the empty lists and the empty metadata are read from the page's sample.)
    func write(to json: inout JSONWriter, as user: StoredUser, of client: Client, in customers: [Customer] = []) {
        json.beginObject()
        if let chosenID {
            json.member("userId", chosenID)
        } else {
            json.member("userId", client.userIDs, of: user.id.ordinal)
        }
        writeOwn(to: &json)
        json.name("customerIds")
        json.beginArray()
        for customer in customers { json.string(customer.shownID(client)) }
        json.endArray()
        json.name("customers")
        json.beginArray()
        for customer in customers {
            json.beginObject()
            json.member("customerId", customer.shownID(client))
            json.member("name", customer.name)
            json.endObject()
        }
        json.endArray()
        json.member("createdAt", timestamp: user.createdAt)
        json.member("updatedAt", timestamp: user.updatedAt)
        json.member("metadata", .object(metadata ?? JSONObject()))
        json.endObject()
    }

    private func writeOwn(to json: inout JSONWriter) {
        json.member("name", name)
        if let email { json.member("email", email) }
        if let msisdn { json.member("msisdn", msisdn) }
        if let identity { json.member("identity", identity) }
    }
}

/// That a user belongs to a customer: the customer's ordinal, and what the user is there.
struct Membership {
    let customer: Int64
    let role: String
}

extension User {
    /// Reads a user back from the store.
    ///
    /// - Throws: `internal` when the store holds something else.
    init(stored: StoredUser) throws(Problem) {
        var reader = try FieldReader(stored: stored)
        name = reader.string("name").value ?? ""
        email = reader.string("email").value
        msisdn = reader.string("msisdn").value
        identity = reader.string("identity").value
        metadata = reader.object("metadata").value
        chosenID = reader.string("userId").value
        for case .object(let object) in reader.array("customers").value ?? [] {
            var membership = FieldReader(object)
            if let customer = membership.integer("customer").value, let role = membership.string("role").value {
                memberships.append(Membership(customer: Int64(customer), role: role))
            }
        }
    }
}
