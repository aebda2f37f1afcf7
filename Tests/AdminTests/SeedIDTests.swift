import HTTPServer
import TestSupport
import Testing

@Suite("Ids that a seed chooses")
struct SeedIDTests {
    private let house: AdminHouse
    private static let first = "0C0FFEE0-0000-4000-8000-00000000000A"
    private static let second = "0c0ffee0-0000-7000-8000-00000000000b"

    init() throws {
        house = try AdminHouse()
    }

    private func seed(_ body: String) throws -> TestAnswer {
        try house.admin(.post, "/__admin/seed", body: body)
    }

    private func connect(_ path: String) throws -> TestAnswer {
        try house.house.send(.get, "/connect\(path)", [("X-API-Key", "connect_test_key")])
    }

    private func seam(_ operation: String, _ body: String) throws -> TestAnswer {
        try house.house.send(
            .post, "/seam/user_identities/\(operation)",
            [("Authorization", "Bearer seam_test_key"), ("Content-Type", "application/json")], body: body)
    }

    private func pulse(_ email: String) throws -> String? {
        try house.house.send(
            .get, "/pulse/users/\(email)", [("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311")]
        ).at("id")
    }

    @Test func `a user of Connect has the chosen id, in any letter case, and no other`() throws {
        #expect(try seed(#"{"connect": [{"userId": "\#(Self.first)", "name": "Ada"}, {"name": "Bob"}]}"#).status == 200)
        for id in [Self.first, Self.first.lowercased()] {
            #expect(try connect("/users/\(id)").at("userId") == Self.first.lowercased())
        }
        #expect(try connect("/users").at("items.0.userId") == Self.first.lowercased())
        let changed = try house.house.send(
            .put, "/connect/users/\(Self.first)",
            [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")], body: #"{"name":"Countess"}"#)
        #expect(changed.at("userId") == Self.first.lowercased() && changed.at("name") == "Countess")
        // The id that the first user of this organisation has otherwise.
        let usual = try AdminHouse().connect(#"{"name":"Ada"}"#).at("userId") ?? ""
        #expect(try connect("/users/\(usual)").status == 404)
        #expect(try house.admin(.get, "/__admin/users?vendor=connect").at("users.0.id") == Self.first.lowercased())
        // A client cannot choose.
        #expect(try house.connect(#"{"name":"Eve","userId":"\#(Self.second)"}"#).at("userId") != Self.second)
    }

    @Test func `an id from an earlier run is the one of its place`() throws {
        let earlier = try AdminHouse()
        try earlier.connect(#"{"name":"Ada"}"#)
        let second = try earlier.connect(#"{"name":"Bob"}"#).at("userId") ?? ""
        #expect(try seed(#"{"connect": [{"userId": "\#(second)", "name": "Bob"}, {"name": "Cy"}]}"#).status == 200)
        #expect(try connect("/users/\(second)").at("name") == "Bob")
        let others = try #require(try connect("/users").at("items.1.userId"))
        #expect(others != second)
        #expect(try connect("/users/\(others)").at("name") == "Cy")
        for (offset, name) in [(0, "Bob"), (1, "Cy")] {
            let page = try connect("/users?limit=1&offset=\(offset)")
            #expect(page.at("items.0.name") == name && page.at("pagination.total") == "2")
        }
    }

    @Test func `an id that somebody has is a clash with both places, whichever way he got it`() throws {
        let usual = try AdminHouse().connect(#"{"name":"Ada"}"#).at("userId") ?? ""
        let answer = try seed(
            #"""
            {"connect": [{"name": "Ada"}, {"userId": "\#(usual)", "name": "Bob"},
              {"userId": "\#(Self.first)", "name": "Cy"}, {"userId": "\#(Self.first.lowercased())", "name": "Dee"}]}
            """#)
        #expect(answer.status == 409)
        #expect(
            answer.at("message")?.split(separator: "\n") == [
                "connect[1]: userId is taken by connect[0]", "connect[3]: userId is taken by connect[2]",
            ])
        #expect(try connect("/users").at("pagination.total") == "0")
    }

    @Test func `a user identity of Seam is got, changed, listed, merged and deleted by the chosen id`() throws {
        let body =
            #"{"seam": [{"user_identity_id": "\#(Self.first)", "full_name": "Ada"}, {"user_identity_id": "\#(Self.second)"}]}"#
        #expect(try seed(body).status == 200)
        let first = Self.first.lowercased()
        #expect(
            try seam("get", #"{"user_identity_id":"\#(Self.first)"}"#).at("user_identity.user_identity_id") == first)
        #expect(try seam("update", #"{"user_identity_id":"\#(first)","full_name":"Countess"}"#).status == 200)
        let listed = try seam("list", #"{"user_identity_ids":["\#(first)"]}"#)
        #expect(listed.at("user_identities.0.full_name") == "Countess" && listed.at("user_identities.1") == nil)
        #expect(
            try seam("list", #"{"search":"c0ffee0-0000-7"}"#).at("user_identities.0.user_identity_id") == Self.second)
        #expect(
            try seam("merge", #"{"user_identity_id":"\#(first)","merged_user_identity_ids":["\#(Self.second)"]}"#)
                .status
                == 200)
        let survivor = try seam("get", #"{"user_identity_id":"\#(Self.second)"}"#)
        #expect(survivor.at("user_identity.user_identity_id") == first)
        #expect(survivor.at("user_identity.merged_user_identity_ids") == #"["\#(Self.second)"]"#)
        #expect(try seed(#"{"seam": [{"user_identity_id": "\#(Self.second)"}]}"#).status == 409)
        #expect(try seam("delete", #"{"user_identity_id":"\#(first)"}"#).status == 200)
        for id in [first, Self.second] { #expect(try seam("get", #"{"user_identity_id":"\#(id)"}"#).status == 404) }
        #expect(try seed(body).status == 200)
    }

    @Test func `Pulse's users have the chosen number, and those after them greater ones`() throws {
        let answer = try seed(
            #"""
            {"pulse": [{"id": 5000, "email": "a@b.co", "accountId": "2311"}, {"email": "b@b.co", "accountId": "2311"},
              {"id": 17, "email": "c@b.co", "accountId": "2311"}]}
            """#)
        #expect(answer.status == 200)
        #expect(try pulse("a@b.co") == "5000" && pulse("b@b.co") == "5001" && pulse("c@b.co") == "17")
        let fields = [("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311")]
        for (page, id) in [(1, "5001"), (2, "5000"), (3, "17"), (4, nil)] {
            let list = try house.house.send(.get, "/pulse/users?page=\(page)&pageSize=1", fields)
            #expect(list.at("users.0.id") == id && list.at("pagination.hasNextPage") == (page < 3 ? "true" : "false"))
        }
        let taken = try seed(#"{"pulse": [{"id": 17, "email": "d@b.co", "accountId": "2311"}]}"#)
        #expect(
            taken.status == 409
                && taken.at("message") == "pulse[0]: id is taken by the user 17, who is in the store already")
        let twice = try seed(
            #"{"pulse": [{"id": 3, "email": "d@b.co", "accountId": "2311"}, {"id": 3, "email": "e@b.co", "accountId": "2311"}]}"#
        )
        #expect(twice.at("message") == "pulse[1]: id is taken by pulse[0]")
    }

    @Test(
        "an id of another form is refused",
        arguments: [
            (#"{"connect": [{"name": "A", "userId": "ada"}]}"#, "connect[0].userId: must be a UUID"),
            (#"{"connect": [{"name": "A", "userId": 1}]}"#, "connect[0].userId: must be of type string, not number"),
            (
                #"{"connect": {"customers": [{"name": "A", "customerId": ""}]}}"#,
                "connect.customers[0].customerId: must be a UUID"
            ),
            (#"{"seam": [{"user_identity_id": null}]}"#, "seam[0].user_identity_id: must be of type string, not null"),
            (#"{"sensay": [{"id": ""}]}"#, "sensay[0].id: must have at least 1 character"),
            (
                #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "id": 0}]}"#,
                "pulse[0].id: must be a whole number from 1 to 1000000"
            ),
            (
                #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "id": 1000001}]}"#,
                "pulse[0].id: must be a whole number from 1 to 1000000"
            ),
            (
                #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "id": "7"}]}"#,
                "pulse[0].id: must be a whole number from 1 to 1000000"
            ),
        ])
    func malformed(_ body: String, _ message: String) throws {
        let answer = try seed(body)
        #expect(answer.status == 400 && answer.at("message") == message)
    }
}
