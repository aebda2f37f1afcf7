import Admin
import Connect
import Foundation
import HTTPServer
import JSON
import Pulse
import Seam
import Sensay
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
        #expect(answer.status == 200 && answer.at("created") == "4")
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
        #expect(message.hasPrefix("sandboxes.default.seam[2]: email_address is taken by sandboxes.default.seam[0]: "))
        #expect(message.contains("seam answers 409"))
        #expect(try users() == "[]")
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == "[]")
        #expect(try house.admin(.get, "/__admin/events").at("events") == "[]")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 200)
    }

    @Test func `a seed that is applied twice says that its users are there already`() throws {
        let body = #"{"sandboxes": {"default": {"sensay": [{"id": "ada"}]}}}"#
        #expect(try seed(body).status == 200)
        let again = try seed(body)
        #expect(again.status == 409)
        let taken = "sandboxes.default.sensay[0]: id is taken by the user ada that is in the store already"
        #expect(again.at("message")?.hasPrefix(taken) == true)
        #expect(try house.admin(.post, "/__admin/reset").status == 204)
        #expect(try seed(body).status == 200)
    }

    @Test func `the vendor's own rules check each user, and its words are told`() throws {
        let answer = try seed(
            #"{"sandboxes": {"default": {"connect": [{"name": "Ada"}, {"email": "a@b.co"}]}}}"#)
        #expect(answer.status == 400)
        #expect(answer.at("message")?.hasPrefix("sandboxes.default.connect[1]: connect answers 400 {") == true)
        #expect(try users() == "[]")
        for account in ["", #", "accountId": 2311"#, #", "accountId": "9""#, #", "accountId": "2311\r\nX-A: b""#] {
            let body = #"{"sandboxes": {"default": {"pulse": [{"email": "a@b.co"\#(account)}]}}}"#
            let refused = try seed(body)
            #expect(refused.status == 400 && refused.at("message")?.contains("default.pulse[0]: ") == true)
        }
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == "[]")
    }

    @Test(
        "a seed of another shape is refused with the place",
        arguments: [
            ("", "no JSON: "), ("[]", "the seed: must be an object, not array"), ("{}", "sandboxes: is missing"),
            (#"{"sandboxes": {}, "users": []}"#, "users: there is no such member"),
            (#"{"sandboxes": []}"#, "sandboxes: must be an object, not array"),
            (#"{"sandboxes": {"a b": {}}}"#, "sandboxes.a b: a sandbox's name is"),
            (#"{"sandboxes": {"a": 1}}"#, "sandboxes.a: must be an object, not number"),
            (#"{"sandboxes": {"a": {"seem": []}}}"#, "sandboxes.a.seem: there is no such vendor; there are sensay,"),
            (#"{"sandboxes": {"a": {"seam": {}}}}"#, "sandboxes.a.seam: must be an array, not object"),
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

    @Test func `a seed takes no query`() throws {
        #expect(try house.admin(.post, "/__admin/seed?sandbox=a", body: #"{"sandboxes": {}}"#).status == 400)
    }

    @Test func `everything that is wrong is told at once`() {
        let bytes = #"""
            {"sandboxes": {"a": {"seam": [{"email_address": "a@b.co"}, 1, {"email_address": "a@b.co"}],
              "connect": [{}], "nobody": []}}}
            """#
        let places = Seed.problems(in: Array(bytes.utf8), for: [Connect(), Seam()]).map { $0.split(separator: ":")[0] }
        #expect(
            places == [
                "sandboxes.a.seam[1]", "sandboxes.a.nobody", "sandboxes.a.seam[2]", "sandboxes.a.connect[0]",
            ])
    }

    @Test func `the example of the published schema is a seed`() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../openapi/seed.schema.json").standardized
        guard case .object(let schema) = try JSONValue(parsing: Array(Data(contentsOf: file))),
            case .array(let examples)? = schema["examples"]
        else {
            Issue.record("the schema has no examples")
            return
        }
        #expect(!examples.isEmpty)
        for example in examples {
            var json = JSONWriter(reserving: 1024)
            json.value(example)
            #expect(Seed.problems(in: json.bytes, for: [Sensay(), Connect(), Seam(), Pulse()]) == [])
        }
    }
}
