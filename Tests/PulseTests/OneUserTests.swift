import HTTPServer
import Pulse
import TestSupport
import Testing
import UserStore
import VendorKit

@Suite("One of Pulse's users, by email")
struct OneUserTests {
    let pulse: PulseHouse
    private static let notFound = refusal(404, "Not Found", "User not found")

    init() throws {
        pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"Ada+1@Example.com","name":"Ada","roles":["user"]}"#).status == 201)
    }

    @Test(
        "is found in any letter case, escaped or not",
        arguments: [
            "Ada+1@Example.com", "ada+1@example.com", "ADA%2B1%40EXAMPLE.COM", "%61da+1@example.com?x=1",
        ])
    func found(_ email: String) throws {
        let answer = try pulse.ask(.get, "/users/\(email)")
        #expect(answer.status == 200)
        #expect(
            answer.text == """
                {"id":1,"email":"Ada+1@Example.com","name":"Ada","active":true,"notificationPreferences":{},\
                "createdBy":"admin@pulse.example","updatedBy":"admin@pulse.example",\
                "createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05.678Z",\
                "accounts":[{"accountId":"2311","accountName":"Understudy Sales","usersPrimaryAccount":true,\
                "accountAdmin":false}],"flatRolesList":["user"],"flatPermissionsList":["readLeads","readApplications"]}
                """)
        #expect(try pulse.ask(.get, "/users/\(email)", account: "2312").text == answer.text)
        #expect(try pulse.ask(.patch, "/users/\(email)", "{}").status == 200)
        #expect(try pulse.ask(.delete, "/users/\(email)").status == 200)
    }

    @Test(
        "is a 404 when there is none",
        arguments: ["ada@example.com", "1", "Ada%2B1%2540Example.com", "ada%C4%B1", "%00"],
        [Method.get, .patch, .delete])
    func unknown(_ email: String, _ method: Method) throws {
        let answer = try pulse.ask(method, "/users/\(email)", method == .patch ? "{}" : nil)
        #expect(answer.status == 404)
        #expect(answer.text == Self.notFound)
    }

    @Test("takes what a PATCH has and keeps the rest")
    func patched() throws {
        pulse.house.clock.advance(by: 1_000)
        let answer = try pulse.ask(
            .patch, "/users/ada+1@example.com",
            #"{"active":false,"teamId":3,"phone":"1","imgSrc":"x","notificationPreferences":[{"event":"cron_job"}]}"#)
        #expect(answer.status == 200)
        #expect(
            answer.text == """
                {"id":1,"email":"Ada+1@Example.com","name":"Ada","active":false,"teamId":3,"phone":"1","imgSrc":"x",\
                "notificationPreferences":[{"event":"cron_job"}],\
                "createdBy":"admin@pulse.example","updatedBy":"admin@pulse.example",\
                "createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:06.678Z",\
                "accounts":[{"accountId":"2311","accountName":"Understudy Sales","usersPrimaryAccount":true,\
                "accountAdmin":false}],"flatRolesList":["user"],"flatPermissionsList":["readLeads","readApplications"]}
                """)
        #expect(try pulse.ask(.get, "/users/ada+1@example.com").text == answer.text)
        #expect(
            try pulse.ask(.patch, "/users/ada+1@example.com", #"{"active":true,"roles":[]}"#).at("active") == "true")
        #expect(try pulse.ask(.get, "/users/ada+1@example.com").at("flatRolesList") == "[]")
    }

    @Test(
        "ignores what a PATCH may not set",
        arguments: [
            #""email":"new@b""#, #""id":7"#, #""createdBy":"x""#, #""accounts":[]"#, #""flatRolesList":["Admin"]"#,
            #""z":1"#,
        ])
    func ignored(_ member: String) throws {
        let before = try pulse.ask(.get, "/users/ada+1@example.com").text
        #expect(try pulse.ask(.patch, "/users/ada+1@example.com", "{\(member)}").text == before)
        #expect(try pulse.ask(.get, "/users/new@b").status == 404)
    }

    @Test(
        "refuses what breaks the schema, whoever it is for, and changes nothing",
        arguments: [
            (#"{"active":1}"#, "active must be of type boolean, not number"),
            (#"{"active":"true"}"#, "active must be of type boolean, not string"),
            (
                #"{"active":null,"name":null}"#,
                "active must be of type boolean, not null; name must be of type string, not null"
            ),
            (#"{"name":"B","teamId":0}"#, "teamId names nothing that exists: 0"),
            (#"{"roles":["boss"]}"#, "roles.0 must be one of user, agent, Manager, Admin, superAdmin, not boss"),
            (#"{"notificationPreferences":[{}]}"#, "notificationPreferences.0.event is required"),
            ("[]", "the body must be of type object, not array"),
            ("{", "Request body is not valid JSON: the end of the text inside a value at byte 1"),
        ])
    func bad(_ body: String, _ message: String) throws {
        let before = try pulse.ask(.get, "/users/ada+1@example.com").text
        for email in ["ada+1@example.com", "nobody@b", "admin@pulse.example"] {
            #expect(try pulse.ask(.patch, "/users/\(email)", body).text == badRequest(message))
        }
        #expect(try pulse.ask(.get, "/users/ada+1@example.com").text == before)
    }

    @Test("is gone once deleted, and its email is free")
    func deleted() throws {
        let answer = try pulse.ask(.delete, "/users/ADA+1@example.com")
        #expect(answer.status == 200)
        #expect(answer.text == #"{"message":"User deleted successfully"}"#)
        for method in [Method.get, .delete] {
            #expect(try pulse.ask(method, "/users/ada+1@example.com").text == Self.notFound)
        }
        #expect(try pulse.create(#"{"email":"ADA+1@example.com"}"#).at("id") == "2")
    }

    @Test("who is the caller can be read, and neither changed nor deleted", arguments: ["admin", "Admin"])
    func caller(_ name: String) throws {
        let path = "/users/\(name)@pulse.example"
        #expect(try pulse.ask(.get, path).at("id") == "0")
        let forbidden = refusal(403, "Forbidden", "You cannot change or delete yourself")
        #expect(try pulse.ask(.patch, path, "{}").text == forbidden)
        #expect(try pulse.ask(.delete, path).text == forbidden)
    }

    @Test(
        "asks for a token, and then for an account",
        arguments: [Method.get, .patch, .delete], ["/users/ada+1@example.com", "/users/nobody@b"])
    func credentials(_ method: Method, _ path: String) throws {
        #expect(try pulse.ask(method, path, "{", token: nil, account: nil).status == 401)
        #expect(try pulse.ask(method, path, "{", account: nil).text == badRequest("x-account-id header is required"))
        #expect(try pulse.ask(method, path, "{", account: "1").status == 403)
        #expect(try pulse.ask(method, path, method == .patch ? "{}" : nil, token: "pulse_test_token.b").status == 404)
    }

    @Test("another method is a 405")
    func method() throws {
        let answer = try pulse.ask(.post, "/users/a@b", token: nil)
        #expect(answer.status == 405)
        #expect(answer["allow"] == "GET, HEAD, PATCH, DELETE, OPTIONS")
    }

    @Test("leaves its events, those of a failure aside")
    func events() throws {
        let path = "/users/ada+1@example.com"
        #expect(try pulse.ask(.patch, path, #"{"name":"B"}"#).status == 200)
        #expect(try pulse.ask(.patch, path, #"{"roles":["user"]}"#).status == 200)
        #expect(try pulse.ask(.patch, path, #"{"roles":["agent"]}"#, account: "2312").status == 200)
        #expect(try pulse.ask(.patch, path, #"{"roles":["x"]}"#).status == 400)
        #expect(try pulse.ask(.delete, path).status == 200)
        #expect(try pulse.ask(.delete, path).status == 404)
        let events = try #require(try pulse.events()).dropFirst(2)
        #expect(
            events.map(\.name) == [
                "user_updated", "user_updated", "user_updated", "user_roles_updated", "user_deleted",
            ])
        #expect(events.allSatisfy { $0.user?.ordinal == 1 })
        #expect(
            String(decoding: events[5].data, as: UTF8.self)
                == #"{"user":"admin@pulse.example","account_id":"2312","userId":"1"}"#)
    }

    @Test("one turn makes, changes, deletes and makes again")
    func oneTurn() throws {
        let fields = [
            ("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311"),
            ("Content-Type", "application/json"),
        ]
        let email = #"{"email":"a@b"}"#
        let answers = pulse.house.send([
            try Request.make(.post, "/pulse/users", fields: fields, body: email),
            try Request.make(.patch, "/pulse/users/a@b", fields: fields, body: #"{"name":"A"}"#),
            try Request.make(.delete, "/pulse/users/a@b", fields: fields),
            try Request.make(.get, "/pulse/users/a@b", fields: fields),
            try Request.make(.post, "/pulse/users", fields: fields, body: email),
        ])
        #expect(answers.map(\.status) == [201, 200, 200, 404, 201])
    }

    @Test("fifty creations, deletions and changes of one email at once leave one owner at the most")
    func race() async throws {
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<150 {
                group.addTask { [pulse] in
                    switch number % 3 {
                    case 0: try pulse.create(#"{"email":"one@b","name":"\#(number)"}"#).status
                    case 1: try pulse.ask(.patch, "/users/ONE@b", #"{"name":"\#(number)"}"#).status
                    default: number % 2 == 0 ? try pulse.ask(.delete, "/users/one@b").status : 0
                    }
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(Set(statuses).isSubset(of: [0, 200, 201, 404, 409]))
        let made = statuses.filter { $0 == 201 }.count
        let events = try #require(try pulse.events())
        let deleted = events.filter { $0.name == "user_deleted" }.count
        #expect(made - deleted == (try pulse.users()) - 1)
        #expect((0...1).contains(made - deleted))
    }

    @Test("is a person to whom looks for people, whatever the vendor")
    func person() throws {
        let users = try pulse.house.store.batch { batch in
            Result { () throws(StoreError) -> [StoredUser] in
                guard let sandbox = try batch.sandbox(named: "default") else { return [] }
                return try batch.users(of: Pulse().number, in: sandbox, limit: 9)
            }
        }.result.get()
        let person = try Pulse().person(users[0], in: "default")
        #expect(person.id == "1" && person.email == "Ada+1@Example.com" && person.name == "Ada" && person.phone == nil)
        #expect(String(decoding: person.json, as: UTF8.self) == (try pulse.ask(.get, "/users/ada+1@example.com").text))
        #expect(Pulse().name(ofClaim: 1) == "email")
    }
}
