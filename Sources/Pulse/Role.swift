/// A role that exists in every account, with what it permits.
struct Role: Sendable {
    let name: String
    let permissions: [String]

    /// The roles. (Evidence: the names stand in the vendor's samples; the permissions' style does, what each role
    /// has is ours.)
    static let all = [
        Role(name: "user", permissions: ["readLeads", "readApplications"]),
        Role(name: "agent", permissions: ["readLeads", "readApplications", "writeLeads", "writeApplications"]),
        Role(
            name: "Manager",
            permissions: ["readLeads", "readApplications", "writeLeads", "writeApplications", "assignLeads"]),
        Role(
            name: "Admin",
            permissions: ["readLeads", "readApplications", "writeLeads", "writeApplications", "manageUsers"]),
        Role(
            name: "superAdmin",
            permissions: [
                "readLeads", "readApplications", "writeLeads", "writeApplications", "assignLeads", "manageUsers",
                "manageAccounts",
            ]),
    ]

    /// The names of all roles.
    static let names = all.map(\.name)

    /// What some roles permit together, each once, in the order of the roles.
    static func permissions(of names: [String]) -> [String] {
        var permissions: [String] = []
        for role in all where names.contains(role.name) {
            for permission in role.permissions where !permissions.contains(permission) {
                permissions.append(permission)
            }
        }
        return permissions
    }
}
