/// A user with what the vendors have in common.
package struct Person: Sendable {
    /// The id that the vendor shows.
    package let id: String
    /// The e-mail address, if it has one.
    package let email: String?
    /// The telephone number, if it has one.
    package let phone: String?
    /// The name, if it has one.
    package let name: String?
    /// The user as the vendor shows it, in JSON.
    package let json: [UInt8]

    /// Describes a user.
    package init(id: String, email: String?, phone: String?, name: String?, json: [UInt8]) {
        self.id = id
        self.email = email
        self.phone = phone
        self.name = name
        self.json = json
    }
}
