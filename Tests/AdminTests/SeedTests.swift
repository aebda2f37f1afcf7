import Admin
import Connect
import HTTPServer
import Seam
import TestSupport
import Testing
import VendorKit

struct SeedTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    private func seed(_ body: String) throws -> TestAnswer {
        try house.admin(.post, "/__admin/seed", body: body)
    }

    private func users(_ query: String = "") throws -> String? {
        try house.admin(.get, "/__admin/users\(query)").at("users")
    }

    @Test func `a seed makes users at every vendor, with ids as if a client had`() throws {
        let answer = try seed(
            #"""
            {"sandboxes": {"default": {
              "sensay": [{"id": "ada", "email": "ada@example.com"}],
              "connect": [{"name": "Ada", "email": "ada@example.com"}],
              "seam": [{"email_address": "ada@example.com"}],
              "pulse": [{"email": "ada@example.com", "accountId": "2312"}]}}}
            """#)
        #expect(answer.status == 200 && answer.text == #"{"sandboxes":["default"],"created":{"users":4}}"# + "\n")
        let person = try house.admin(.get, "/__admin/people?email=ada@example.com")
        #expect(person.at("missing") == "[]" && person.at("found.0.id") == "ada")
        #expect(person.at("found.3.user.accounts.0.accountId") == "2312")
        let other = try AdminHouse()
        let id = try other.seam(#"{"email_address":"ada@example.com"}"#).at("user_identity.user_identity_id")
        #expect(person.at("found.2.id") == id)
        // What a client then asks for clashes as it would with another client's.
        #expect(try house.seam(#"{"email_address":"ada@example.com"}"#).status == 409)
    }

    @Test func `each sandbox of a seed is its own, and opens with its own credential`() throws {
        let list = #"{"seam": [{"email_address": "a@b.co"}]}"#
        #expect(try seed(#"{"sandboxes": {"default": \#(list), "one": \#(list)}}"#).status == 200)
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#, ".one").status == 409)
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#, ".two").status == 200)
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == #"["default","one","two"]"#)
    }

    @Test func `a clash names both places, and nothing of the seed is kept`() throws {
        let answer = try seed(
            #"""
            {"sandboxes": {"one": {"connect": [{"name": "Ada"}]}, "default": {
              "seam": [{"email_address": "a@b.co"}, {}, {"email_address": "a@b.co", "phone_number": "+14155550123"}]}}}
            """#)
        #expect(answer.status == 409)
        let message = try #require(answer.at("message"))
        #expect(message == "sandboxes.default.seam[2]: email_address is taken by sandboxes.default.seam[0]")
        #expect(try users() == "[]")
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == "[]")
        #expect(try house.admin(.get, "/__admin/events").at("events") == "[]")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 200)
    }

    @Test func `a seed that is applied twice says who of its users is there already`() throws {
        let body =
            #"{"sensay": [{"id": "ada"}, {"id": "bob"}, {}], "pulse": [{"email": "a@b.co", "accountId": "2311"}]}"#
        #expect(try seed(body).status == 200)
        let again = try seed(body)
        #expect(again.status == 409)
        let problems = [
            "sensay[0]: id is taken by the user ada, who is in the store already",
            "sensay[1]: id is taken by the user bob, who is in the store already",
            "pulse[0]: email is taken by the user 1, who is in the store already",
        ]
        #expect(again.at("problems") == "[\(problems.map { "\"\($0)\"" }.joined(separator: ","))]")
        #expect(again.at("message") == problems.joined(separator: "\n"))
        #expect(try house.admin(.get, "/__admin/users?vendor=sensay").at("users.2") != nil)
        #expect(try house.admin(.get, "/__admin/users?vendor=sensay").at("users.3") == nil)
        #expect(try house.admin(.post, "/__admin/reset").status == 204)
        #expect(try seed(body).status == 200)
    }

    @Test func `the vendor's own rules check each user, and every fault is told with its path`() throws {
        let answer = try seed(
            #"""
            {"sandboxes": {"default": {"connect": [{"name": "Ada"}, {"email": "a b", "msisdn": 1}],
              "sensay": [{"linkedAccounts": [{"accountID": "1", "accountType": "fax"}], "nickname": "A\n"}]}}}
            """#)
        #expect(answer.status == 400)
        #expect(
            answer.at("message")?.split(separator: "\n") == [
                "sandboxes.default.connect[1].name: is missing",
                "sandboxes.default.connect[1].email: must be an e-mail address",
                "sandboxes.default.connect[1].msisdn: must be of type string, not number",
                "sandboxes.default.sensay[0].nickname: there is no such member; there are name, email, id, linkedAccounts",
            ])
        #expect(try users() == "[]")
        for account in ["", #", "accountId": 2311"#, #", "accountId": "9""#, #", "accountId": "2311\r\nX-A: b""#] {
            let body = #"{"sandboxes": {"default": {"pulse": [{"email": "a@b.co"\#(account)}]}}}"#
            let refused = try seed(body)
            #expect(refused.status == 400 && refused.at("message")?.contains("default.pulse[0]") == true)
        }
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == "[]")
    }

    @Test(
        "a seed of another shape is refused with the place",
        arguments: [
            ("", "not JSON: no JSON value, at line 1, column 1"), ("[]", "the seed: must be an object, not array"),
            ("{\n \"é\": ,}", "not JSON: no JSON value where one must be, at line 2, column 7"),
            (#"{"sandboxes": {}, "users": []}"#, "users: there is no such member beside sandboxes"),
            (#"{"sandboxes": {}, "seam": []}"#, "seam: there is no such member beside sandboxes"),
            (
                #"{"sandbox": {}}"#,
                "sandbox: there is no such vendor; there are sensay, connect, seam, pulse, or sandboxes"
            ),
            (#"{"seam": [{"email_addres": "a"}]}"#, "seam[0].email_addres: there is no such member; there are user_"),
            (#"{"seam": {"user": []}}"#, "seam.user: there is no such list; there are users"),
            (#"{"pulse": {"users": {}}}"#, "pulse.users: must be an array, not object"),
            (#"{"sandboxes": []}"#, "sandboxes: must be an object, not array"),
            (#"{"sandboxes": {"a b": {}}}"#, "sandboxes.a b: a sandbox's name is"),
            (#"{"sandboxes": {"a": 1}}"#, "sandboxes.a: must be an object, not number"),
            (#"{"sandboxes": {"a": {"seem": []}}}"#, "sandboxes.a.seem: there is no such vendor; there are sensay,"),
            (
                #"{"sandboxes": {"a": {"seam": 1}}}"#,
                "sandboxes.a.seam: must be an array of users, or an object of lists, not number"
            ),
            (#"{"sandboxes": {"a": {"seam": [{}, 1]}}}"#, "sandboxes.a.seam[1]: must be an object, not number"),
            (#"{"sandboxes": {"a": {"seam": [{"email_addres": 1}, null]}}}"#, "sandboxes.a.seam[1]: must be an object"),
            (#"{"sandboxes": {}, "$schema": 1}"#, "$schema: must be a string, not number"),
        ])
    func shape(_ body: String, _ message: String) throws {
        let answer = try seed(body)
        #expect(answer.status == 400)
        #expect(answer.at("message")?.hasPrefix(message) == true)
        #expect(try users() == "[]")
    }

    @Test func `a sandbox can be named in the query, for one of a seed or one that names none`() throws {
        let bare = #"{"seam": [{"email_address": "a@b.co"}]}"#
        #expect(try seed(bare).at("sandboxes") == #"["default"]"#)
        #expect(try house.admin(.post, "/__admin/seed?sandbox=one", body: bare).at("sandboxes") == #"["one"]"#)
        let several = #"{"sandboxes": {"two": \#(bare), "three": \#(bare), "default": \#(bare)}}"#
        #expect(try house.admin(.post, "/__admin/seed?sandbox=two", body: several).at("sandboxes") == #"["two"]"#)
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == #"["default","one","two"]"#)
        let none = try house.admin(.post, "/__admin/seed?sandbox=four", body: several)
        #expect(none.status == 400 && none.at("message") == "sandboxes: there is none named four in this seed")
        for query in ["sandbox=a%20b", "sandbox=", "sandbox=a&sandbox=b", "vendor=seam"] {
            #expect(try house.admin(.post, "/__admin/seed?\(query)", body: bare).status == 400)
        }
    }

    @Test func `a seed that was refused leaves no gap in the ids`() throws {
        #expect(try seed(#"{"pulse": [{"email": "a@b.co", "accountId": "2311"}]}"#).status == 200)
        let user = #"{"email": "b@b.co", "accountId": "2311"}"#
        #expect(
            try seed(#"{"pulse": [\#(user), {"id": 70, "email": "c@b.co", "accountId": "2311"}, \#(user)]}"#).status
                == 409)
        #expect(try seed(#"{"pulse": [\#(user)]}"#).status == 200)
        #expect(try house.admin(.get, "/__admin/users").at("users.1.id") == "2")
    }

    @Test func `everything that is wrong is told at once, and a hundred faults at most`() throws {
        func problems(_ text: String) throws -> [String] {
            do throws(SeedError) {
                _ = try Seed.check(Array(text.utf8), for: [Connect(), Seam()])
                return []
            } catch {
                return error.problems
            }
        }
        let several = #"""
            {"sandboxes": {"a": {"seam": [{"email_address": "a@b.co"}, 1, {"email_address": "a@b.co"}],
              "connect": [{}], "nobody": []}}}
            """#
        #expect(
            try problems(several).map { $0.split(separator: ":")[0] } == [
                "sandboxes.a.seam[1]", "sandboxes.a.nobody", "sandboxes.a.seam[2]", "sandboxes.a.connect[0].name",
            ])
        let many = try problems(#"{"seam": [\#(Array(repeating: "1", count: 140).joined(separator: ","))]}"#)
        #expect(many.count == 101 && many.last == "and 40 more")
    }

    @Test func `what a seed says is told on one line, cut where it is long`() throws {
        let name = String(repeating: "x", count: 3000)
        let answer = try seed(#"{"pulse": [{"email": "a@b.co", "accountId": "2311", "roles": ["a\nb\#(name)"]}]}"#)
        let message = try #require(answer.at("message"))
        #expect(answer.status == 400 && message.hasPrefix("pulse[0].roles[0]: must be one of user, agent,"))
        #expect(message.contains("not a?bxxx") && message.hasSuffix("…") && message.count < 1100)
    }

    @Test func `a seed has bounds`() throws {
        let users = Array(repeating: "{}", count: Seed.maximumCount + 1).joined(separator: ",")
        #expect(throws: SeedError.self) { try Seed(Array(#"{"seam": [\#(users)]}"#.utf8), for: [Seam()]) }
    }
}
