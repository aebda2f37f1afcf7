package import JSON

/// One kind of thing that a seed may hold for a vendor: its users, or what they belong to.
package struct SeedKind: Sendable {
    /// The name of its list in a seed.
    package let name: String
    /// What each of them may hold; a misspelt member would otherwise silently do nothing.
    package let members: [String]
    /// The request that creates one of this body in a sandbox.
    let creation: @Sendable (JSONObject, String) throws(NotCreated) -> Creation

    /// The list that every vendor has, and the only one of a seed that names none.
    package static let users = "users"

    /// Describes a kind.
    package init(
        _ name: String, members: [String],
        creation: @escaping @Sendable (JSONObject, String) throws(NotCreated) -> Creation
    ) {
        self.name = name
        self.members = members
        self.creation = creation
    }
}
