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

    /// The fields as the store keeps them: Connect's names, unset ones left out.
    var stored: [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        writeOwn(to: &json)
        if let metadata { json.member("metadata", .object(metadata)) }
        json.endObject()
        return json.bytes
    }

    /// Writes the user as Connect shows it, in the order of its page; what was never set is left out.
    /// (Evidence: documented shape; the empty lists and the empty metadata are read from the page's sample.)
    func write(to json: inout JSONWriter, as user: StoredUser, in sandbox: String) {
        json.beginObject()
        json.member("userId", DerivedUUID("connect/user/", sandbox), of: user.id.ordinal)
        writeOwn(to: &json)
        for list in ["customerIds", "customers"] {
            json.name(list)
            json.beginArray()
            json.endArray()
        }
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
