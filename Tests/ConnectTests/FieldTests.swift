import HTTPServer
import TestSupport
import Testing

struct FieldTests {
    let client = Client()
    static let local = String(repeating: "a", count: 64)
    static let label = String(repeating: "b", count: 63)
    static let phone =
        #"{"message":"Msisdn format is invalid","code":"INVALID_FORMAT","property":"msisdn","suggestion":"Use the E.164 format, such as +15551234567"}"#
    static let email =
        #"{"message":"Email format is invalid","code":"INVALID_FORMAT","property":"email","suggestion":"Use an address such as john.doe@example.com"}"#
    static let blank = #"{"message":"Name must not be blank","code":"INVALID_FORMAT","property":"name"}"#
    static let required = #"{"message":"Name is required","code":"FIELD_REQUIRED","property":"name"}"#

    static func type(_ property: String, _ words: String) -> String {
        let subject = property == "body" ? "Request body" : property.prefix(1).uppercased() + property.dropFirst()
        return #"{"message":"\#(subject) must be \#(words)","code":"INVALID_TYPE","property":"\#(property)"}"#
    }

    @Test(arguments: [
        #"{"name":"x","metadata":{}}"#,
        #"{"name":" x ","metadata":{}}"#,
        #"{"name":"\#u{200B}","metadata":{}}"#,  // A space of no width is no white space to Unicode.
        #"{"name":"\#(String(repeating: "n", count: 100_000))","metadata":{}}"#,
        #"{"name":"x","email":"a@b","metadata":{}}"#,
        #"{"name":"x","email":"a..b!#$%&'*+/=?^_`{|}~-@c.de","metadata":{}}"#,
        #"{"name":"x","email":"\#(local)@\#(label).\#(label).\#(String(repeating: "c", count: 61))","metadata":{}}"#,
        #"{"name":"x","msisdn":"+12","metadata":{}}"#,
        #"{"name":"x","msisdn":"+123456789012345","metadata":{}}"#,
        #"{"name":"x","identity":"","metadata":{}}"#,
        #"{"name":"x","identity":"559123-4567 ÅÄÖ","metadata":{}}"#,
        #"{"name":"x","metadata":{"":{"":[[],{},null,true,"\"\\\n"]},"z":0,"a":0}}"#,
    ])
    func `a body is accepted, and comes back as it was sent`(body: String) throws {
        let answer = try client.post(body)
        #expect(answer.status == 201)
        #expect(answer.own == body)
    }

    @Test(arguments: [
        // name: required, a text, not blank.
        (#"{}"#, required),
        (#"{"Name":"x"}"#, required),
        (#"{"name":""}"#, blank),
        (#"{"name":" \t\n\u00a0\u3000"}"#, blank),
        (#"{"name":null}"#, type("name", "a string")),
        (#"{"name":1}"#, type("name", "a string")),
        (#"{"name":false}"#, type("name", "a string")),
        (#"{"name":["x"]}"#, type("name", "a string")),
        (#"{"name":{}}"#, type("name", "a string")),
        // email: WHATWG's pattern, RFC 5321's lengths.
        (#"{"name":"x","email":""}"#, email),
        (#"{"name":"x","email":"user"}"#, email),
        (#"{"name":"x","email":"@b.de"}"#, email),
        (#"{"name":"x","email":"a@.de"}"#, email),
        (#"{"name":"x","email":"a@b."}"#, email),
        (#"{"name":"x","email":"a@b-.de"}"#, email),
        (#"{"name":"x","email":"a@b@c.de"}"#, email),
        (#"{"name":"x","email":"a b@c.de"}"#, email),
        (#"{"name":"x","email":"\"a\"@c.de"}"#, email),
        (#"{"name":"x","email":"é@c.de"}"#, email),
        (#"{"name":"x","email":"\#(local)a@b.de"}"#, email),
        (#"{"name":"x","email":"a@\#(label)b.de"}"#, email),
        (#"{"name":"x","email":"\#(local)@\#(label).\#(label).\#(String(repeating: "c", count: 62))"}"#, email),
        (#"{"name":"x","email":null}"#, type("email", "a string")),
        (#"{"name":"x","email":[]}"#, type("email", "a string")),
        // msisdn: E.164.
        (#"{"name":"x","msisdn":""}"#, phone),
        (#"{"name":"x","msisdn":"+1"}"#, phone),
        (#"{"name":"x","msisdn":"+1234567890123456"}"#, phone),
        (#"{"name":"x","msisdn":"+0123456"}"#, phone),
        (#"{"name":"x","msisdn":"15551234567"}"#, phone),
        (#"{"name":"x","msisdn":"0046701234567"}"#, phone),
        (#"{"name":"x","msisdn":"+1 555 1234567"}"#, phone),
        (#"{"name":"x","msisdn":"+1555CALLME"}"#, phone),
        (#"{"name":"x","msisdn":"+１２３４５"}"#, phone),
        (#"{"name":"x","msisdn":"+15551234567 "}"#, phone),
        (#"{"name":"x","msisdn":15551234567}"#, type("msisdn", "a string")),
        (#"{"name":"x","msisdn":null}"#, type("msisdn", "a string")),
        // identity: any text.
        (#"{"name":"x","identity":19900101}"#, type("identity", "a string")),
        (#"{"name":"x","identity":null}"#, type("identity", "a string")),
        // metadata: any object.
        (#"{"name":"x","metadata":[]}"#, type("metadata", "an object")),
        (#"{"name":"x","metadata":"{}"}"#, type("metadata", "an object")),
        (#"{"name":"x","metadata":1}"#, type("metadata", "an object")),
        (#"{"name":"x","metadata":null}"#, type("metadata", "an object")),
        // Everything at once, in the order of the page.
        (
            #"{"metadata":0,"identity":0,"msisdn":"0","email":"0"}"#,
            [required, email, phone, type("identity", "a string"), type("metadata", "an object")].joined(separator: ",")
        ),
        // No object at all.
        ("[]", type("body", "an object")), ("null", type("body", "an object")),
        (#""name""#, type("body", "an object")), ("0", type("body", "an object")), ("true", type("body", "an object")),
    ])
    func `a body is refused`(body: String, details: String) throws {
        #expect(try client.post(body).whole == invalid(details))
        #expect(client.stored().isEmpty)
    }

    @Test(arguments: [
        #""userId":"mine""#, #""customerIds":["c"]"#, #""customers":[{"customerId":"c","name":"n"}]"#,
        #""createdAt":"2001-01-01T00:00:00Z""#, #""updatedAt":null"#, #""referenceId":7"#, #""EMAIL":"none""#,
    ])
    func `what the server owns, and what nobody knows, is ignored`(member: String) throws {
        #expect(try client.post(#"{\#(member),"name":"x"}"#).own == #"{"name":"x","metadata":{}}"#)
        #expect(client.stored() == [#"{"name":"x"}"#])
    }

    @Test(arguments: [
        ("caf\u{E9}", "caf\u{E9}"), ("cafe\u{301}", "cafe\u{301}"), (#"caf\u00e9"#, "caf\u{E9}"),
        (#"\ud83d\ude00"#, "\u{1F600}"), (#"a\u0000b"#, #"a\u0000b"#), (#"\/"#, "/"), (#"\"\\"#, #"\"\\"#),
        (#"x\u000a\t"#, #"x\n\t"#), ("\u{7F}\u{2028}\u{FEFF}", "\u{7F}\u{2028}\u{FEFF}"), (" padded ", " padded "),
    ])
    func `texts come back as they were sent`(sent: String, shown: String) throws {
        let answer = try client.post(#"{"name":"\#(sent)","identity":"\#(sent)","metadata":{"\#(sent)":"\#(sent)"}}"#)
        let wanted = #"{"name":"\#(shown)","identity":"\#(shown)","metadata":{"\#(shown)":"\#(shown)"}}"#
        #expect(Array(answer.own.utf8) == Array(wanted.utf8))
        #expect(client.stored().map { Array($0.utf8) } == [Array(wanted.utf8)])
    }

    @Test func `metadata keeps its members in their order, two spellings apart, and every digit of its numbers`() throws
    {
        let metadata =
            #"{"z":1,"a":-0,"b":0.10,"c":1e400,"d":1E+2,"e":9223372036854775808,"f":3.141592653589793238462643383279,"\#u{E9}":1,"e\#u{301}":2,"\#(String(repeating: "k", count: 500))":{"y":{},"x":[]}}"#
        let body = #"{"name":"x","metadata":\#(metadata)}"#
        #expect(Array(try client.post(body).own.utf8) == Array(body.utf8))
        #expect(client.stored().map { Array($0.utf8) } == [Array(body.utf8)])
    }

    @Test func `metadata has no limit but the body's`() throws {
        let members = (0..<5000).map { #""key-of-more-than-forty-characters-\#($0)-\#($0)":"v""# }
        #expect(try client.post(#"{"name":"x","metadata":{\#(members.joined(separator: ","))}}"#).status == 201)
    }
}
