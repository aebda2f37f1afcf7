import HTTPServer
import TestSupport
import Testing

@Suite("What a seed's users belong to")
struct SeedBelongingTests {
    private let house: AdminHouse
    private static let acme = "0c0ffee0-0000-4000-8000-000000000001"

    init() throws {
        house = try AdminHouse()
    }

    private func seed(_ body: String, _ query: String = "") throws -> TestAnswer {
        try house.admin(.post, "/__admin/seed\(query)", body: body)
    }

    private func connect(_ path: String) throws -> TestAnswer {
        try house.house.send(.get, "/connect\(path)", [("X-API-Key", "connect_test_key")])
    }

    private func pulse(_ body: String, account: String = "2311", _ sandbox: String = "") throws -> TestAnswer {
        try house.house.send(
            .post, "/pulse/users",
            [
                ("Authorization", "Bearer pulse_test_token\(sandbox)"), ("x-account-id", account),
                ("Content-Type", "application/json"),
            ], body: body)
    }

    @Test func `Connect's users belong to the seed's customers`() throws {
        let other = "0c0ffee0-0000-4000-8000-000000000002"
        let answer = try seed(
            #"""
            {"connect": {"users": [
                {"name": "Ada", "customers": [{"customerId": "\#(Self.acme)", "role": "ADMIN"}, {"customerId": "\#(other)"}]},
                {"name": "Bob"}],
              "customers": [{"customerId": "\#(Self.acme)", "name": "Acme"}, {"name": "Other", "customerId": "\#(other)"}]}}
            """#)
        #expect(answer.at("created") == #"{"customers":2,"users":2}"#)
        let found = try connect("/users?customerId=\(Self.acme)")
        #expect(found.at("pagination.total") == "1" && found.at("items.0.name") == "Ada")
        #expect(
            found.at("items.0.customers")
                == #"[{"customerId":"\#(Self.acme)","name":"Acme"},{"customerId":"\#(other)","name":"Other"}]"#)
        #expect(try connect("/users?customerId=\(other)").at("items.0.customerIds.1") == other)
        let bob = try connect("/users?filter=bob").at("items.0.userId") ?? ""
        let added = try house.house.send(
            .post, "/connect/customers/\(Self.acme)/users",
            [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")], body: #"{"userId":"\#(bob)"}"#)
        #expect(added.status == 201)
        #expect(try connect("/users/\(bob)").at("customerIds") == #"["\#(Self.acme)"]"#)
    }

    @Test(
        "a customer that is not there, and what no membership can be, is refused with its place",
        arguments: [
            (#"[{"customerId": "\#(acme)"}]"#, "connect[0].customers[0]: connect answers 404 {"),
            (#"[{}, 1]"#, "connect[0].customers[1]: must be of type object, not number"),
            (#"[{"customerId": "acme"}]"#, "connect[0].customers[0].customerId: must be a UUID"),
            (#"[{"customerId": "\#(acme)", "rule": 1}]"#, "connect[0].customers[0].rule: there is no such member"),
            (#"[{"customerId": "\#(acme)", "role": "BOSS"}]"#, "connect[0].customers[0].role: must be one of MEMBER,"),
            (#"{}"#, "connect[0].customers: must be of type array, not object"),
        ])
    func wrong(_ customers: String, _ message: String) throws {
        let answer = try seed(#"{"connect": [{"name": "Ada", "customers": \#(customers)}]}"#)
        #expect(answer.status == 400)
        #expect(answer.at("problems")?.contains("\"\(message)") == true)
        #expect(try connect("/users").at("pagination.total") == "0")
    }

    @Test func `Pulse takes the seed's accounts, roles and teams, in their sandbox alone`() throws {
        let body = #"""
            {"pulse": {
              "users": [{"email": "a@b.co", "accountId": "acct_7", "roles": ["auditor", "user"], "teamId": 7}],
              "accounts": [{"accountId": "acct_7", "accountName": "Acme"}],
              "roles": [{"name": "auditor", "permissions": ["readAudits", "readLeads"]}, {"name": "ghost"}],
              "teams": [{"teamId": 7, "name": "North"}]}}
            """#
        #expect(try seed(body, "?sandbox=one").at("created") == #"{"accounts":1,"roles":2,"teams":1,"users":1}"#)
        let user = try pulse(#"{"email":"b@b.co","roles":["ghost","auditor"],"teamId":7}"#, account: "acct_7", ".one")
        #expect(user.status == 201 && user.at("accounts.0.accountName") == "Acme")
        #expect(user.at("flatRolesList") == #"["ghost","auditor"]"#)
        #expect(user.at("flatPermissionsList") == #"["readAudits","readLeads"]"#)
        let fields = [("Authorization", "Bearer pulse_test_token.one"), ("x-account-id", "acct_7")]
        let seeded = try house.house.send(.get, "/pulse/users/a@b.co", fields)
        #expect(seeded.at("flatPermissionsList") == #"["readLeads","readApplications","readAudits"]"#)
        #expect(seeded.at("teamId") == "7" && seeded.at("accounts.0.accountId") == "acct_7")
        let session = try house.house.send(.get, "/pulse/auth/session", Array(fields.prefix(1)))
        #expect(session.at("accounts.2.accountName") == "Acme" && session.at("accounts.3") == nil)
        let changed = try house.house.send(
            .patch, "/pulse/users/a@b.co", fields + [("Content-Type", "application/json")],
            body: #"{"roles":["ghost"],"teamId":8}"#)
        #expect(changed.status == 400 && changed.at("message")?.contains("teamId names nothing that exists: 8") == true)
        // In every other deployment all is as ever.
        #expect(try pulse(#"{"email":"b@b.co"}"#, account: "acct_7").status == 403)
        #expect(try pulse(#"{"email":"b@b.co","roles":["auditor"]}"#).status == 400)
        #expect(try pulse(#"{"email":"b@b.co","teamId":8}"#).status == 201)
        // Resetting takes them along.
        #expect(try house.admin(.post, "/__admin/reset?sandbox=one").status == 204)
        #expect(try pulse(#"{"email":"b@b.co"}"#, account: "acct_7", ".one").status == 403)
        #expect(try seed(body, "?sandbox=one").status == 200)
    }

    @Test func `a role or team that does not exist is refused by the names of those that do`() throws {
        let answer = try seed(
            #"""
            {"pulse": {"roles": [{"name": "auditor"}], "teams": [{"teamId": 7}],
              "users": [{"email": "a@b.co", "accountId": "2311", "roles": ["boss"], "teamId": 6}]}}
            """#)
        #expect(answer.status == 400)
        let names = "user, agent, Manager, Admin, superAdmin, auditor"
        #expect(
            answer.at("message")?.split(separator: "\n") == [
                "pulse.users[0].teamId: names what does not exist: 6",
                "pulse.users[0].roles[0]: must be one of \(names), not boss",
            ])
        #expect(
            try seed(#"{"pulse": [{"email": "a@b.co", "accountId": "9"}]}"#).at("message")?
                .hasPrefix("pulse[0]: pulse answers 403 {") == true)
    }

    @Test(
        "accounts, roles and teams that cannot be are refused",
        arguments: [
            (#""accounts": [{"accountId": "a b", "accountName": "A"}]"#, 400, "accounts[0].accountId: must be 1 to 64"),
            (#""accounts": [{"accountId": "7"}]"#, 400, "accounts[0].accountName: is missing"),
            (
                #""accounts": [{"accountId": "2311", "accountName": "A"}]"#, 409,
                "accounts[0]: accountId is taken by pulse itself"
            ),
            (#""roles": [{"name": "agent"}]"#, 409, "roles[0]: name is taken by pulse itself"),
            (#""roles": [{"name": "a", "permissions": [1]}]"#, 400, "roles[0].permissions[0]: must be of type string"),
            (#""roles": [{"name": "a"}, {"name": "a"}]"#, 409, "roles[1]: name is taken by pulse.roles[0]"),
            (#""teams": [{"teamId": 0}]"#, 400, "teams[0].teamId: must be a positive number"),
            (#""teams": [{"teamId": 7}, {"teamId": 7.0}]"#, 409, "teams[1]: teamId is taken by pulse.teams[0]"),
            (#""teams": [{"id": 7}]"#, 400, "teams[0].id: there is no such member; there are teamId, name"),
        ])
    func refused(_ list: String, _ status: Int, _ message: String) throws {
        let answer = try seed("{\"pulse\": {\(list)}}")
        #expect(answer.status == status)
        #expect(answer.at("message")?.hasPrefix("pulse.\(message)") == true)
    }

    @Test func `a deployment has a thousand accounts, roles and teams at most`() throws {
        func teams(_ ids: ClosedRange<Int>) -> String {
            #"{"pulse": {"teams": [\#(ids.map { #"{"teamId": \#($0)}"# }.joined(separator: ","))]}}"#
        }
        #expect(try seed(teams(1...1000)).status == 200)
        let answer = try seed(teams(1001...1001))
        #expect(answer.status == 400 && answer.at("message")?.hasPrefix("pulse.teams[0]: is one too many") == true)
        #expect(try pulse(#"{"email":"a@b.co","teamId":1000}"#).status == 201)
        #expect(try pulse(#"{"email":"b@b.co","teamId":1001}"#).status == 400)
    }
}
