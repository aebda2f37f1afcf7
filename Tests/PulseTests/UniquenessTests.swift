import HTTPServer
import TestSupport
import Testing

@Suite("Pulse's emails are unique in a deployment")
struct UniquenessTests {
    private static let conflict = refusal(409, "Conflict", "A user with this email already exists")

    @Test(
        "a taken email is refused in any letter case and from any account",
        arguments: ["ada@example.com", "ADA@EXAMPLE.COM", "aDa@eXample.Com"], ["2311", "2312"])
    func taken(_ email: String, _ account: String) throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"Ada@Example.com"}"#).status == 201)
        let answer = try pulse.create(#"{"email":"\#(email)","name":"Somebody else"}"#, account: account)
        #expect(answer.status == 409)
        #expect(answer.text == Self.conflict)
        #expect(answer["content-type"] == "application/json")
        #expect(try pulse.users() == 1)
    }

    @Test(
        "what only looks alike is another email",
        arguments: ["ada+1@example.com", "a.da@example.com", "ada@example.co"])
    func notTaken(_ email: String) throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"ada@example.com"}"#).status == 201)
        #expect(try pulse.create(#"{"email":"\#(email)"}"#).status == 201)
    }

    @Test("nothing but the email is unique")
    func onlyEmail() throws {
        let pulse = try PulseHouse()
        let rest = #""name":"Ada","phone":"+15551234567","imgSrc":"x","teamId":1"#
        #expect(try pulse.create(#"{"email":"a@b",\#(rest)}"#).status == 201)
        #expect(try pulse.create(#"{"email":"c@d",\#(rest)}"#).status == 201)
    }

    @Test(
        "the email of the caller, who is a user too, is taken",
        arguments: ["admin@pulse.example", "Admin@Pulse.Example"])
    func caller(_ email: String) throws {
        #expect(try PulseHouse().create(#"{"email":"\#(email)"}"#).text == Self.conflict)
    }

    @Test("an email of a refused request stays free")
    func refused() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b","name":1}"#).status == 400)
        #expect(try pulse.create(#"{"email":"a@b"}"#, account: "1").status == 403)
        #expect(try pulse.create(#"{"email":"a@b"}"#).status == 201)
    }

    @Test("of 50 requests in one turn for one email exactly one succeeds, and the others undo only themselves")
    func oneTurn() throws {
        let pulse = try PulseHouse()
        let requests = try (0..<50).map { number in
            let email = number % 5 == 4 ? "u\(number)@b" : number % 2 == 0 ? "a@b" : "A@B"
            return try Request.make(
                .post, "/pulse/users",
                fields: [
                    ("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311"),
                    ("Content-Type", "application/json"),
                ], body: #"{"email":"\#(email)"}"#)
        }
        let answers = pulse.house.send(requests)
        #expect(answers.filter { $0.status == 201 }.count == 11)
        #expect(answers.filter { $0.status == 409 && $0.text == Self.conflict }.count == 39)
        let ids = answers.filter { $0.status == 201 }.compactMap { $0.at("id").flatMap { Int($0) } }
        #expect(ids == ids.sorted() && Set(ids).count == 11)
        #expect(try pulse.users() == 11)
        #expect(try pulse.events()?.count == 22)
    }
}
