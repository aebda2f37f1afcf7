import TestSupport
import Testing

@testable import Pulse

@Suite("Pulse's roles")
struct RoleTests {
    @Test("each role of the account is granted with its permissions", arguments: Role.all.map(\.name))
    func each(_ name: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","roles":["\#(name)"]}"#)
        #expect(answer.status == 201)
        #expect(answer.at("flatRolesList") == #"["\#(name)"]"#)
        let role = try #require(Role.all.first { $0.name == name })
        #expect(!role.permissions.isEmpty)
        let permissions = role.permissions.map { "\"\($0)\"" }.joined(separator: ",")
        #expect(answer.at("flatPermissionsList") == "[\(permissions)]")
    }

    @Test(
        "roles come back in the order in which they were sent, each once, with every permission once",
        arguments: [
            ("[]", "[]", "[]"),
            (#"["user","user"]"#, #"["user"]"#, #"["readLeads","readApplications"]"#),
            (
                #"["agent","user","agent"]"#, #"["agent","user"]"#,
                #"["readLeads","readApplications","writeLeads","writeApplications"]"#
            ),
            (
                #"["Admin","Manager"]"#, #"["Admin","Manager"]"#,
                #"["readLeads","readApplications","writeLeads","writeApplications","assignLeads","manageUsers"]"#
            ),
        ])
    func several(_ sent: String, _ roles: String, _ permissions: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","roles":\#(sent)}"#)
        #expect(answer.at("flatRolesList") == roles)
        #expect(answer.at("flatPermissionsList") == permissions)
    }

    private static let names = "user, agent, Manager, Admin, superAdmin"

    @Test(
        "a role that does not exist is refused and never granted",
        arguments: [
            ("null", " must be of type array, not null"), (#""user""#, " must be of type array, not string"),
            ("{}", " must be of type array, not object"), (#"["boss"]"#, ".0 must be one of \(Self.names), not boss"),
            (#"["user","User"]"#, ".1 must be one of \(Self.names), not User"),
            (#"[""]"#, ".0 must be one of \(Self.names), not "),
            (#"[" user"]"#, ".0 must be one of \(Self.names), not  user"),
            ("[null]", ".0 must be of type string, not null"), (#"[["user"]]"#, ".0 must be of type string, not array"),
            (#"[{"name":"user"}]"#, ".0 must be of type string, not object"),
        ])
    func bad(_ roles: String, _ message: String) throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b","roles":\#(roles)}"#).text == badRequest("roles\(message)"))
        #expect(try pulse.users() == 0)
    }
}
