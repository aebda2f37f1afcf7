import JSON

/// A role with what it permits.
struct Role: Sendable, Equatable {
    let name: String
    let permissions: [String]

    /// The roles that exist in every account. (Evidence: the names stand in the vendor's samples; the permissions' style
    /// does, what each role has is ours.)
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

    /// The names of these.
    static let names = all.map(\.name)

    /// The role of a name that exists in every account, or nil.
    static func standard(_ name: String) -> Role? { all.first { $0.name.hasSameBytes(as: name) } }

    /// What some roles permit together, each once: first in the order of the standard roles, then of the others.
    static func permissions(of roles: [Role]) -> [String] {
        var permissions: [String] = []
        for role in all.filter(roles.contains) + roles.filter({ !all.contains($0) }) {
            for permission in role.permissions where !permissions.contains(permission) {
                permissions.append(permission)
            }
        }
        return permissions
    }
}
