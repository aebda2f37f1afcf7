import HTTPServer
import TestSupport
import Testing

struct FieldTests {
    let client = Client()
    static let local = String(repeating: "a", count: 64)
    static let label = String(repeating: "b", count: 63)

    @Test(arguments: [
        #"{}"#,
        #"{"name":""}"#,
        #"{"name":" Zoë 李 👩‍👩‍👧 "}"#,
        #"{"name":"\#(String(repeating: "n", count: 100_000))"}"#,
        #"{"email":"a@b"}"#,
        #"{"email":"a..b!#$%&'*+/=?^_`{|}~-@c.de"}"#,
        #"{"email":"\#(local)@\#(label).\#(label).\#(String(repeating: "c", count: 61))"}"#,
        #"{"id":" "}"#,
        #"{"id":"me"}"#,
        #"{"id":"../v1/users?x=%2F"}"#,
        #"{"id":"9xQeWvG816bUx9EPjHmaT23yvVM2ZWbrrpZb9PusVFin"}"#,
        #"{"linkedAccounts":[]}"#,
        #"{"linkedAccounts":[{"accountID":"","accountType":"embed"}]}"#,
        #"{"linkedAccounts":[{"accountID":"1","accountType":"discord"},{"accountID":"1","accountType":"telegram"},{"accountID":"1","accountType":"embed"}]}"#,
    ])
    func `a body is accepted`(body: String) throws {
        #expect(try client.post(body).status == 200)
    }

    @Test(arguments: [
        // name: any text.
        (#"{"name":null}"#, "name: Expected string, received null"),
        (#"{"name":1}"#, "name: Expected string, received number"),
        (#"{"name":true}"#, "name: Expected string, received boolean"),
        (#"{"name":[]}"#, "name: Expected string, received array"),
        (#"{"name":{}}"#, "name: Expected string, received object"),
        // email: WHATWG's pattern, RFC 5321's lengths.
        (#"{"email":""}"#, "email: Invalid email"),
        (#"{"email":"user"}"#, "email: Invalid email"),
        (#"{"email":"@b.de"}"#, "email: Invalid email"),
        (#"{"email":"a@"}"#, "email: Invalid email"),
        (#"{"email":"a@b."}"#, "email: Invalid email"),
        (#"{"email":"a@-b.de"}"#, "email: Invalid email"),
        (#"{"email":"a@b_c.de"}"#, "email: Invalid email"),
        (#"{"email":"a@b@c.de"}"#, "email: Invalid email"),
        (#"{"email":" a@b.de"}"#, "email: Invalid email"),
        (#"{"email":"é@b.de"}"#, "email: Invalid email"),
        (#"{"email":"a\u0000@b.de"}"#, "email: Invalid email"),
        (#"{"email":"\#(local)a@b.de"}"#, "email: Invalid email"),
        (#"{"email":"a@\#(label)b.de"}"#, "email: Invalid email"),
        (#"{"email":"\#(local)@\#(label).\#(label).\#(String(repeating: "c", count: 62))"}"#, "email: Invalid email"),
        (#"{"email":null}"#, "email: Expected string, received null"),
        (#"{"email":7}"#, "email: Expected string, received number"),
        // id: at least one character.
        (#"{"id":""}"#, "id: String must contain at least 1 character(s)"),
        (#"{"id":null}"#, "id: Expected string, received null"),
        (#"{"id":12}"#, "id: Expected string, received number"),
        // linkedAccounts: both members of each, and no others.
        (#"{"linkedAccounts":null}"#, "linkedAccounts: Expected array, received null"),
        (#"{"linkedAccounts":{}}"#, "linkedAccounts: Expected array, received object"),
        (#"{"linkedAccounts":"discord"}"#, "linkedAccounts: Expected array, received string"),
        (#"{"linkedAccounts":[null]}"#, "linkedAccounts.0: Expected object, received null"),
        (
            #"{"linkedAccounts":["a",[]]}"#,
            "linkedAccounts.0: Expected object, received string, linkedAccounts.1: Expected object, received array"
        ),
        (#"{"linkedAccounts":[{}]}"#, "linkedAccounts.0.accountID: Required, linkedAccounts.0.accountType: Required"),
        (
            #"{"linkedAccounts":[{"accountID":1,"accountType":2}]}"#,
            "linkedAccounts.0.accountID: Expected string, received number, linkedAccounts.0.accountType: Expected 'discord' | 'telegram' | 'embed', received number"
        ),
        (
            #"{"linkedAccounts":[{"accountID":"1","accountType":null}]}"#,
            "linkedAccounts.0.accountType: Expected 'discord' | 'telegram' | 'embed', received null"
        ),
        (
            #"{"linkedAccounts":[{"accountID":"1","accountType":"Discord"}]}"#,
            "linkedAccounts.0.accountType: Invalid enum value. Expected 'discord' | 'telegram' | 'embed', received 'Discord'"
        ),
        (
            #"{"linkedAccounts":[{"accountID":"1","accountType":"embed"},{"accountID":"1","accountType":""}]}"#,
            "linkedAccounts.1.accountType: Invalid enum value. Expected 'discord' | 'telegram' | 'embed', received ''"
        ),
        (
            #"{"linkedAccounts":[{"accountID":"1","accountType":"embed","id":1,"x":2}]}"#,
            "linkedAccounts.0: Unrecognized key(s) in object: 'id', 'x'"
        ),
        // Members that the schema does not have; a name is its bytes.
        (#"{"nick":"x"}"#, "Unrecognized key(s) in object: 'nick'"),
        (
            #"{"Name":"x","e\u006dail":"a@b","linkedaccounts":null}"#,
            "Unrecognized key(s) in object: 'Name', 'linkedaccounts'"
        ),
        (#"{"success":true}"#, "Unrecognized key(s) in object: 'success'"),
        (#"{"IDs":[],"uuid":"u","type":"t"}"#, "Unrecognized key(s) in object: 'IDs', 'uuid', 'type'"),
        // Everything at once, in the order of the schema.
        (
            #"{"x":1,"linkedAccounts":[{"y":0,"accountType":"fax"}],"id":"","email":"e","name":0}"#,
            "name: Expected string, received number, email: Invalid email, id: String must contain at least 1 character(s), linkedAccounts.0.accountID: Required, linkedAccounts.0.accountType: Invalid enum value. Expected 'discord' | 'telegram' | 'embed', received 'fax', linkedAccounts.0: Unrecognized key(s) in object: 'y', Unrecognized key(s) in object: 'x'"
        ),
        // No object at all.
        ("[]", "Expected object, received array"),
        ("null", "Expected object, received null"),
        ("\"name\"", "Expected object, received string"),
        ("1", "Expected object, received number"),
        ("false", "Expected object, received boolean"),
    ])
    func `a body is refused`(body: String, error: String) throws {
        #expect(try client.post(body).refusal == "400 \(error)")
        #expect(client.stored().isEmpty)
    }

    @Test(arguments: [
        // One letter in its two spellings, and what must be escaped.
        ("caf\u{E9}", "caf\u{E9}"), ("cafe\u{301}", "cafe\u{301}"), (#"caf\u00e9"#, "caf\u{E9}"),
        (#"\ud83d\ude00"#, "\u{1F600}"), (#"a\u0000b"#, #"a\u0000b"#), (#"\/"#, "/"), (#"\"\\"#, #"\"\\"#),
        (#"\u000a\t"#, #"\n\t"#), ("\u{7F}\u{2028}\u{FEFF}", "\u{7F}\u{2028}\u{FEFF}"), (" padded ", " padded "),
    ])
    func `texts come back as they were sent`(sent: String, shown: String) throws {
        let body =
            #"{"name":"\#(sent)","id":"\#(sent)","linkedAccounts":[{"accountID":"\#(sent)","accountType":"embed"}]}"#
        let wanted =
            #"{"name":"\#(shown)","id":"\#(shown)","linkedAccounts":[{"accountID":"\#(shown)","accountType":"embed"}]}"#
        let answer = try client.post(body)
        #expect(answer.response.body == Array(wanted.utf8))
        #expect(client.stored() == [wanted] && Array(client.stored()[0].utf8) == Array(wanted.utf8))
    }

    @Test(.timeLimit(.minutes(10)))
    func `as many faults as fit a body are told in time`() throws {
        let members = (0..<80_000).map { #""\#($0)":0"# }.joined(separator: ",")
        #expect(try client.post("{\(members)}").status == 400)
        let accounts = Array(repeating: #"{"a":0,"b":1,"c":2}"#, count: 40_000).joined(separator: ",")
        #expect(try client.post(#"{"linkedAccounts":[\#(accounts)]}"#).status == 400)
    }
}
