import JSON
import UserStore
import VendorKit

/// A user's own fields: what a client may set, and where it was made.
struct User {
    var email: String
    var name: String?
    var isActive = true
    var teamID: Int?
    var phone: String?
    var imageSource: String?
    var notificationPreferences: JSONValue?
    var createdBy: String
    var updatedBy: String
    var roles: [Role] = []
    var account: Account

    /// A user of whom nothing but this is known.
    init(email: String, account: Account, createdBy: String) {
        self.email = email
        self.account = account
        self.createdBy = createdBy
        updatedBy = createdBy
    }

    /// What no other user of the deployment may have: the email, in any letter case.
    var claims: [Claim] { [Self.claim(on: email)] }

    /// What the user of an email holds.
    static func claim(on email: String) -> Claim { Claim(kind: ClaimKind.email, value: folded(email)) }

    /// An email as it is compared.
    ///
    /// Only ASCII can stand in one, and nothing else is folded: the path may name anything.
    static func folded(_ email: String) -> String {
        String(decoding: email.utf8.map { (65...90).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The fields as the store keeps them: Pulse's names, unset ones left out.
    var stored: [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("email", email)
        if let name { json.member("name", name) }
        if !isActive { json.member("active", false) }
        if let teamID { json.member("teamId", teamID) }
        if let phone { json.member("phone", phone) }
        if let imageSource { json.member("imgSrc", imageSource) }
        if let notificationPreferences { json.member("notificationPreferences", notificationPreferences) }
        json.name("roles")
        json.beginArray()
        for role in roles {
            // What a role from a seed permits never changes, so it stands here too.
            if Role.all.contains(role) { json.string(role.name) } else { role.write(to: &json) }
        }
        json.endArray()
        json.member("account", account.id)
        if Account.standard(account.id) == nil { json.member("accountName", account.name) }
        json.endObject()
        return json.bytes
    }

    /// Writes the user as Pulse shows it, in the order of its page; what was never set is left out, and so is
    /// `token`, which only a login shows. (Evidence: documented shape; `active` and the account's flags are read
    /// from the vendor's samples.)
    func write(to json: inout JSONWriter, as user: StoredUser) {
        json.beginObject()
        json.member("id", user.id.ordinal)
        json.member("email", email)
        if let name { json.member("name", name) }
        json.member("active", isActive)
        if let teamID { json.member("teamId", teamID) }
        if let phone { json.member("phone", phone) }
        if let imageSource { json.member("imgSrc", imageSource) }
        json.member("notificationPreferences", notificationPreferences ?? .object(JSONObject()))
        json.member("createdBy", createdBy)
        json.member("updatedBy", updatedBy)
        json.member("createdAt", timestamp: user.createdAt)
        json.member("updatedAt", timestamp: user.updatedAt)
        json.name("accounts")
        json.beginArray()
        json.beginObject()
        json.member("accountId", account.id)
        json.member("accountName", account.name)
        json.member("usersPrimaryAccount", true)
        json.member("accountAdmin", false)
        json.endObject()
        json.endArray()
        write(roles.map(\.name), as: "flatRolesList", to: &json)
        write(Role.permissions(of: roles), as: "flatPermissionsList", to: &json)
        json.endObject()
    }

    private func write(_ texts: [String], as name: String, to json: inout JSONWriter) {
        json.name(name)
        json.beginArray()
        for text in texts { json.string(text) }
        json.endArray()
    }
}
