import JSON
import UserStore
import VendorKit

/// A user, with where it was found.
struct Found {
    let user: StoredUser
    let vendor: any Vendor
    let sandbox: String
    /// The user as a person; nil when the store holds something else.
    let person: Person?

    init(user: StoredUser, vendor: any Vendor, sandbox: String) {
        self.user = user
        self.vendor = vendor
        self.sandbox = sandbox
        person = try? vendor.person(user, in: sandbox)
    }

    /// Writes the user with all that the vendor shows of it.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        writeOutline(to: &json)
        json.name("user")
        if let person { json.rawJSON(person.json) } else { json.null() }
        json.endObject()
    }

    /// Writes the members that every vendor's user has.
    func writeOutline(to json: inout JSONWriter) {
        json.member("vendor", vendor.name)
        json.member("sandbox", sandbox)
        json.member("id", person?.id)
        json.member("email", person?.email)
        json.member("phone", person?.phone)
        json.member("name", person?.name)
        json.member("created_at", Timestamp.text(user.createdAt))
        json.member("updated_at", Timestamp.text(user.updatedAt))
        json.member("request", RequestID.text(user.request))
    }
}
