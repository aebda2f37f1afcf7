import HTTPServer
import TestSupport
import Testing

@Suite("The fields of Pulse's body")
struct FieldTests {
    private static let emailMessage = "email is required and must be a valid email address"

    @Test(
        "an email by the pattern of HTML forms is taken, and comes back as it was sent",
        arguments: [
            "a@b", "ada@example.com", "ADA@EXAMPLE.COM", "a.b@example.com", ".a.@example.com", "a..b@example.com",
            "ada+tag@mail.example.co.uk", "!#$%&'*+/=?^_`{|}~-@example.com", "1@2.3", "a@b-c.d-e",
            "ada@xn--bcher-kva.de",
            String(repeating: "l", count: 64) + "@example.com", "a@" + String(repeating: "d", count: 63) + ".com",
            "a@" + Self.domain(252),
        ])
    func goodEmail(_ email: String) throws {
        let answer = try PulseHouse().create(#"{"email":"\#(email)"}"#)
        #expect(answer.status == 201)
        #expect(answer.at("email") == email)
    }

    @Test(
        "anything else as an email is refused in the vendor's words",
        arguments: [
            #""""#, #"" ""#, #""ada""#, #""ada@""#, #""@example.com""#, #""a@b@c""#, #""a b@example.com""#,
            #"" ada@example.com""#, #""ada@example.com ""#, #""ada@example.com\n""#, #""ada@.com""#,
            #""ada@example.""#, #""ada@example..com""#, #""ada@-example.com""#, #""ada@example-.com""#,
            #""ada@exa_mple.com""#, #""zoë@example.com""#, #""ada@exämple.com""#, #""\"a\"@example.com""#,
            #""a@[127.0.0.1]""#, #""ada@example.com\u0000""#, #""a,b@example.com""#,
            "\"" + String(repeating: "l", count: 65) + "@example.com\"",
            "\"a@" + String(repeating: "d", count: 64) + ".com\"", "\"a@" + Self.domain(253) + "\"",
            "null", "1", "true", "[]", "{}", #"["ada@example.com"]"#,
        ])
    func badEmail(_ json: String) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.create(#"{"email":\#(json)}"#)
        #expect(answer.status == 400)
        #expect(answer.text == badRequest(Self.emailMessage))
        #expect(try pulse.users() == 0)
    }

    @Test("a body without an email is refused", arguments: ["{}", #"{"name":"Ada"}"#, #"{"Email":"ada@example.com"}"#])
    func noEmail(_ body: String) throws {
        #expect(try PulseHouse().create(body).text == badRequest(Self.emailMessage))
    }

    @Test(
        "name, phone and imgSrc are any text, which comes back as it was sent",
        arguments: ["name", "phone", "imgSrc"],
        [
            "", " ", " Ada ", "+15551234567", "not a number", "e\u{301}", "é", "😀", #"\u0000"#, #"\"\\\/\b\f\n\r\t"#,
            "<script>", String(repeating: "x", count: 70_000),
        ])
    func goodText(_ name: String, _ text: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","\#(name)":"\#(text)"}"#)
        #expect(answer.status == 201)
        let sent = #"{"value":"\#(text)"}"#
        let expected = try #require(try TestAnswer.json(sent).at("value"))
        let received = try #require(answer.at(name))
        #expect(Array(received.utf8) == Array(expected.utf8))
    }

    @Test(
        "name, phone and imgSrc of another type are refused, null too",
        arguments: ["name", "phone", "imgSrc"],
        [("null", "null"), ("1", "number"), ("true", "boolean"), ("[]", "array"), ("{}", "object")])
    func badText(_ name: String, _ value: (json: String, type: String)) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","\#(name)":\#(value.json)}"#)
        #expect(answer.text == badRequest("\(name) must be of type string, not \(value.type)"))
    }

    @Test(
        "a teamId is any whole number from 1 on",
        arguments: [
            ("1", "1"), ("42", "42"), ("9223372036854775807", "9223372036854775807"), ("7.0", "7"), ("1e3", "1000"),
        ])
    func goodTeam(_ sent: String, _ received: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","teamId":\#(sent)}"#)
        #expect(answer.status == 201)
        #expect(answer.at("teamId") == received)
    }

    @Test(
        "any other teamId is refused",
        arguments: [
            ("0", "teamId names nothing that exists: 0"), ("-1", "teamId names nothing that exists: -1"),
            ("-0", "teamId names nothing that exists: 0"),
            ("1.5", "teamId must be of type integer, not float"),
            ("9223372036854775808", "teamId must be an integer of at most 64 bits"),
            ("1e400", "teamId must be an integer of at most 64 bits"),
            (#""7""#, "teamId must be of type integer, not string"),
            ("null", "teamId must be of type integer, not null"),
            ("true", "teamId must be of type integer, not boolean"),
            ("[7]", "teamId must be of type integer, not array"),
            ("{}", "teamId must be of type integer, not object"),
        ])
    func badTeam(_ json: String, _ message: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","teamId":\#(json)}"#)
        #expect(answer.text == badRequest(message))
    }

    @Test(
        "a body that is no object is refused",
        arguments: [
            ("[]", "array"), (#"[{"email":"a@b"}]"#, "array"), ("null", "null"), ("1", "number"), ("true", "boolean"),
            (#""a@b""#, "string"),
        ])
    func noObject(_ body: String, _ type: String) throws {
        #expect(try PulseHouse().create(body).text == badRequest("the body must be of type object, not \(type)"))
    }

    @Test("all faults are named at once, in the order of the schema")
    func everyFault() throws {
        let answer = try PulseHouse().create(
            """
            {"roles":["boss",1],"notificationPreferences":[{"event":"nothing"}],"imgSrc":1,"phone":null,"teamId":"x",
             "name":[],"email":"nobody"}
            """)
        #expect(
            answer.text
                == badRequest(
                    """
                    \(Self.emailMessage); name must be of type string, not array; teamId must be of type integer, not \
                    string; phone must be of type string, not null; imgSrc must be of type string, not number; \
                    notificationPreferences.0.event must be one of PulseEvents, not nothing; roles.0 must be one of user, \
                    agent, Manager, Admin, superAdmin, not boss; roles.1 must be of type string, not number
                    """))
    }

    @Test("a small body cannot have a huge answer: faults past the twentieth are counted, long values cut")
    func boundedAnswer() throws {
        let roles = Array(repeating: #""""#, count: 100_000).joined(separator: ",")
        let many = try PulseHouse().create(#"{"email":"a@b","roles":[\#(roles)]}"#)
        #expect(many.status == 400)
        #expect(many.text.hasSuffix(#"; and 99980 more"}"#))
        #expect(many.text.utf8.count < 4_096)
        let name = String(repeating: "é", count: 100_000)
        let long = try PulseHouse().create(#"{"email":"a@b","roles":["\#(name)"]}"#)
        #expect(long.at("message")?.hasSuffix("not \(String(repeating: "é", count: 64))…") == true)
    }

    /// A domain of so many bytes, in labels of at most 63.
    private static func domain(_ count: Int) -> String {
        let whole = String(repeating: String(repeating: "d", count: 61) + ".", count: count / 62)
        return whole + String(repeating: "e", count: count - whole.utf8.count)
    }
}

extension TestAnswer {
    /// Lends the reading of answers to any JSON text.
    static func json(_ text: String) throws -> TestAnswer {
        TestAnswer(Response(.ok, body: Array(text.utf8)))
    }
}
