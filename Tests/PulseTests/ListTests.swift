import HTTPServer
import TestSupport
import Testing
import UserStore
import VendorKit

@Suite("Pulse's list of users")
struct ListTests {
    let pulse: PulseHouse

    /// 25 users, u0 first; every fifth is an agent's in the second account.
    init() throws {
        pulse = try PulseHouse()
        for number in 0..<25 {
            let rest = number % 5 == 0 ? #","name":"Zoë \#(number)","phone":"+4\#(number)""# : ""
            #expect(
                try pulse.create(
                    #"{"email":"U\#(number)@b"\#(rest)}"#, account: number % 2 == 0 ? "2311" : "2312"
                ).status == 201)
        }
    }

    /// The numbers of the users that a query lists, and what the answer says of further pages.
    private func list(_ query: String) throws -> (users: [Int], hasNext: String?) {
        let answer = try pulse.ask(.get, "/users\(query)")
        #expect(answer.status == 200)
        return (
            (0..<100).compactMap { answer.at("users.\($0).email").flatMap { Int($0.dropFirst().dropLast(2)) } },
            answer.at("pagination.hasNextPage")
        )
    }

    @Test("is the newest ten, each as by itself, and where they stand")
    func plain() throws {
        let answer = try pulse.ask(.get, "/users")
        #expect(answer.names() == ["users", "pagination"])
        #expect(answer.at("pagination") == #"{"page":1,"pageSize":10,"hasNextPage":true}"#)
        #expect(answer.at("users.0") == (try pulse.ask(.get, "/users/u24@b").text))
        #expect(try list("").users == Array((15...24).reversed()))
    }

    @Test(
        "goes on page by page",
        arguments: [
            ("?page=2", Array((5...14).reversed()), "true"), ("?page=3", Array((0...4).reversed()), "false"),
            ("?page=4", [], "false"), ("?pageSize=25", Array((0...24).reversed()), "false"),
            ("?pageSize=24", Array((1...24).reversed()), "true"), ("?pageSize=7&page=4", [3, 2, 1, 0], "false"),
            ("?page=1000000&pageSize=100", [], "false"), ("?sort=createdAt&pageSize=3&page=2", [3, 4, 5], "true"),
            ("?sort=id&pageSize=100", Array(0...24), "false"), ("?sort=-id&pageSize=2", [24, 23], "true"),
        ])
    func pages(_ query: String, _ users: [Int], _ hasNext: String) throws {
        let found = try list(query)
        #expect(found.users == users && found.hasNext == hasNext)
    }

    @Test(
        "is searched, filtered and sorted",
        arguments: [
            ("?search=zo%C3%AB", [20, 15, 10, 5, 0]), ("?search=Zo%C3%8B+1", [15, 10]), ("?search=u1", [19, 18, 17]),
            ("?search=%2B42", [20]), ("?search=nobody", []), ("?search=", [24, 23, 22]), ("?email=u7%40B", [7]),
            ("?id=3", [2]), ("?name=Zo%C3%AB%205", [5]), ("?phone=%2B410", [10]), ("?active=false", []),
            ("?active=true&name=Zo%C3%AB%200", [0]), ("?unknown=x", [24, 23, 22]), ("?sort=email", [0, 10, 11]),
            ("?sort=-email", [9, 8, 7]), ("?sort=-name,email", [5, 20, 15]), ("?sort=name,-createdAt", [24, 23, 22]),
            ("?sort=updatedAt,createdAt", [0, 1, 2]),
        ])
    func chosen(_ query: String, _ users: [Int]) throws {
        #expect(try list(query + "&pageSize=100").users.starts(with: users))
        #expect(try list(query + "&pageSize=3").users == Array(users.prefix(3)))
    }

    @Test(
        "refuses what it cannot read",
        arguments: [
            ("page=0", "page must be a whole number from 1 to 1000000"),
            ("page=1000001", "page must be a whole number from 1 to 1000000"),
            ("page=", "page must be a whole number from 1 to 1000000"),
            ("page=%2B1", "page must be a whole number from 1 to 1000000"),
            ("page=99999999999999999999", "page must be a whole number from 1 to 1000000"),
            ("pageSize=101", "pageSize must be a whole number from 1 to 100"),
            ("pageSize=x", "pageSize must be a whole number from 1 to 100"),
            ("page=1&page=2", "page must be sent once, not several times"),
            ("sort=", "sort must be a list of createdAt, updatedAt, id, email, name, each with - for descending order"),
            (
                "sort=age",
                "sort must be a list of createdAt, updatedAt, id, email, name, each with - for descending order"
            ),
            ("search=%FF", "query must be percent-encoded UTF-8"),
        ])
    func bad(_ query: String, _ message: String) throws {
        #expect(try pulse.ask(.get, "/users?\(query)").text == badRequest(message))
    }

    @Test("asks for a token and an account, and shows no other deployment's users")
    func credentials() throws {
        #expect(try pulse.ask(.get, "/users?page=0", token: nil, account: nil).status == 401)
        #expect(
            try pulse.ask(.get, "/users?page=0", account: nil).text == badRequest("x-account-id header is required"))
        #expect(try pulse.ask(.get, "/users?page=0", account: "1").status == 403)
        let other = try pulse.ask(.get, "/users", token: "pulse_test_token.other")
        #expect(other.text == #"{"users":[],"pagination":{"page":1,"pageSize":10,"hasNextPage":false}}"#)
    }

    @Test("finds one by email or id, and keeps the order of creation though the clock was set back")
    func one() throws {
        for query in ["?email=U3@b&id=4", "?id=4&search=u3", "?id=4&sort=name"] {
            #expect(try list(query).users == [3])
        }
        for query in ["?email=u3@b&id=5", "?id=4&search=x", "?id=26", "?id=0", "?id=x", "?id=4&page=2", "?email="] {
            #expect(try list(query) == ([], "false"), "\(query)")
        }
        pulse.house.clock.advance(by: -60_000)
        #expect(try pulse.create(#"{"email":"u25@b"}"#).status == 201)
        #expect(try list("?pageSize=3").users == [25, 24, 23])
        #expect(try list("?sort=createdAt&pageSize=2&page=13").users == [24, 25])
    }

    @Test("pages go on past any number of users")
    func many() throws {
        let (_, failure) = pulse.house.store.batch { batch in
            for number in 25..<12_000 {
                try? batch.request { batch throws in
                    let sandbox = try batch.openSandbox(named: "default", now: 0)
                    let id = try batch.nextUserID(of: VendorNumber(rawValue: 4), in: sandbox)
                    let fields = #"{"email":"U\#(number)@b","roles":[],"account":"2311"}"#
                    _ = try batch.create(NewUser(id: id, claims: [], fields: Array(fields.utf8)), now: 0, request: 0)
                }
            }
        }
        #expect(failure == nil)
        #expect(try list("?page=1199").users == Array((10...19).reversed()))
        #expect(try list("?page=1200") == (Array((0...9).reversed()), "false"))
        #expect(try list("?page=1201") == ([], "false"))
        #expect(try list("?sort=createdAt&page=120&pageSize=100").users.last == 11_999)
    }

    @Test("skips those who were deleted, however many")
    func gaps() throws {
        for number in 0..<25 where number != 3 && number != 17 {
            #expect(try pulse.ask(.delete, "/users/u\(number)@b").status == 200)
        }
        #expect(try list("").users == [17, 3])
        #expect(try list("?pageSize=1").users == [17])
        #expect(try list("?pageSize=1&page=2").users == [3])
        #expect(try list("?sort=createdAt").users == [3, 17])
        #expect(try pulse.ask(.delete, "/users/u17@b").status == 200)
        #expect(try list("?pageSize=1").users == [3])
        #expect(try pulse.create(#"{"email":"u9@b"}"#).at("id") == "26")
        #expect(try list("?pageSize=2").users == [9, 3])
    }
}

@Suite("Pulse's session")
struct SessionTests {
    private static let session = """
        {"id":0,"email":"admin@pulse.example","active":true,"notificationPreferences":{},\
        "createdBy":"admin@pulse.example","updatedBy":"admin@pulse.example",\
        "createdAt":"2025-01-01T00:00:00.000Z","updatedAt":"2025-01-01T00:00:00.000Z","impersonating":null,\
        "primaryAccount":{"accountId":"2311","accountName":"Understudy Sales","usersPrimaryAccount":true,\
        "accountAdmin":true},"accounts":[{"accountId":"2311","accountName":"Understudy Sales",\
        "usersPrimaryAccount":true,"accountAdmin":true},{"accountId":"2312","accountName":"Understudy Support",\
        "usersPrimaryAccount":false,"accountAdmin":true}],"flatRolesList":["superAdmin"],\
        "flatPermissionsList":["readLeads","readApplications","writeLeads","writeApplications","assignLeads",\
        "manageUsers","manageAccounts"],"token":"TOKEN","expiresAt":"2026-01-09T03:04:05.678Z"}
        """

    @Test(
        "is opened by either pair, and its token opens the same deployment",
        arguments: [
            #"{"email":"admin@pulse.example","password":"TOKEN"}"#,
            #"{"email":"Admin@Pulse.Example","password":"TOKEN"}"#,
            #"{"apiKey":"apiKey-1","apiSecret":"TOKEN","x":1}"#,
        ], ["pulse_test_token", "pulse_test_token.b"])
    func opened(_ body: String, _ token: String) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.ask(
            .post, "/auth/login", body.replacing("TOKEN", with: token), token: nil, account: nil)
        #expect(answer.status == 200)
        #expect(answer.text == Self.session.replacing("TOKEN", with: token))
        let own = try #require(answer.at("token"))
        #expect(try pulse.ask(.get, "/auth/session", token: own, account: nil).text == answer.text)
        #expect(
            try pulse.create(#"{"email":"a@b"}"#, token: own, account: answer.at("primaryAccount.accountId")).status
                == 201)
        #expect(try pulse.ask(.get, "/users/a@b", token: token).status == 200)
        #expect(try pulse.events(in: token.hasSuffix("b") ? "b" : "default")?.first?.name == "user_logged_in")
    }

    @Test(
        "is refused to everybody else",
        arguments: [
            #"{"email":"admin@pulse.example","password":"x"}"#, #"{"email":"admin@pulse.example","password":""}"#,
            #"{"email":"a@b","password":"pulse_test_token"}"#, #"{"apiKey":"k","apiSecret":"pulse_test_token."}"#,
        ])
    func refused(_ body: String) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.ask(.post, "/auth/login", body, token: nil, account: nil)
        #expect(answer.status == 401)
        #expect(answer.text == refusal(401, "Unauthorized", "These credentials open nothing"))
        #expect(answer["www-authenticate"] == "Bearer")
        #expect(try pulse.events() == nil)
    }

    @Test(
        "needs a whole pair",
        arguments: [
            ("{}", "email is required and must be a valid email address; password is required"),
            (#"{"email":"a@b","password":1}"#, "password must be of type string, not number"),
            (#"{"apiKey":""}"#, "apiKey is invalid; apiSecret is required"),
            (#"{"apiSecret":null}"#, "apiKey is required; apiSecret must be of type string, not null"),
            ("7", "the body must be of type object, not number"),
        ])
    func bad(_ body: String, _ message: String) throws {
        #expect(try PulseHouse().ask(.post, "/auth/login", body, token: nil).text == badRequest(message))
    }

    @Test("is not shown without a token that is good", arguments: [nil, "x", "pulse_test_token."])
    func shown(_ token: String?) throws {
        let answer = try PulseHouse().ask(.get, "/auth/session", token: token)
        #expect(answer.text == refusal(401, "Unauthorized", "A valid bearer token is required"))
    }
}
