import HTTPServer
import TestSupport
import Testing

/// Key, e-mail and telephone number are each unique in the workspace; strings come back as they were sent.
@Suite struct UniquenessTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    static let keyClash = ("user_identity_key_conflict", "A user identity with this user_identity_key already exists")
    static let emailClash = (
        "user_identity_email_or_phone_conflict", "A user identity with this email_address already exists"
    )
    static let phoneClash = (
        "user_identity_email_or_phone_conflict", "A user identity with this phone_number already exists"
    )

    /// Bodies behind `{"user_identity_key":"k1","email_address":"e1@x.y","phone_number":"+11"}` and another three.
    static let clashes: [(String, (String, String))] = [
        (#"{"user_identity_key":"k1"}"#, keyClash),
        (#"{"email_address":"e1@x.y"}"#, emailClash),
        (#"{"phone_number":"+11"}"#, phoneClash),
        (#"{"user_identity_key":"k1","email_address":"e1@x.y","phone_number":"+11"}"#, keyClash),
        (#"{"phone_number":"+11","email_address":"e1@x.y","user_identity_key":"k1"}"#, keyClash),
        (#"{"user_identity_key":"new","email_address":"e1@x.y","phone_number":"+11"}"#, emailClash),
        (#"{"user_identity_key":"k2","email_address":"e1@x.y","phone_number":"+11"}"#, keyClash),
        (#"{"email_address":"e2@x.y","phone_number":"+11"}"#, emailClash),
        (#"{"user_identity_key":"new","email_address":"new@x.y","phone_number":"+12"}"#, phoneClash),
    ]

    @Test(arguments: clashes)
    func `a clash is told of the first field of the schema that clashes`(
        body: String, expected: (type: String, message: String)
    ) throws {
        try seam.create(#"{"user_identity_key":"k1","email_address":"e1@x.y","phone_number":"+11"}"#)
        try seam.create(#"{"user_identity_key":"k2","email_address":"e2@x.y","phone_number":"+12"}"#)
        try seam.create(body).expectError(409, expected.type, expected.message)
    }

    @Test func `what a clashing request also asked for stays free`() throws {
        try seam.create("phone_number", #""+15""#)
        let both = #"{"user_identity_key":"k","email_address":"e@x.y","phone_number":"+15"}"#
        #expect(try seam.create(both).status == 409)
        #expect(try seam.create("user_identity_key", #""k""#).status == 200)
        #expect(try seam.create("email_address", #""e@x.y""#).status == 200)
    }

    @Test(arguments: [
        (#"{"full_name":"N"}"#, #"{"full_name":"N"}"#),
        (#"{"user_identity_key":"a@b"}"#, #"{"email_address":"a@b"}"#),
        (#"{"user_identity_key":"+15"}"#, #"{"phone_number":"+15"}"#),
        (#"{"user_identity_key":"k"}"#, #"{"user_identity_key":"K"}"#),
        (#"{"user_identity_key":"k"}"#, #"{"user_identity_key":"k "}"#),
        (#"{"user_identity_key":"k"}"#, #"{"user_identity_key":"k\u0000"}"#),
        (#"{"email_address":"a@b"}"#, #"{"email_address":"A@b"}"#),
        (#"{"email_address":"a@b"}"#, #"{"email_address":"a@B"}"#),
        (#"{"phone_number":"+15"}"#, #"{"phone_number":"+155"}"#),
    ])
    func `values that differ in any byte, or are of another kind, do not clash`(first: String, second: String) throws {
        #expect(try seam.create(first).status == 200)
        #expect(try seam.create(second).status == 200)
    }

    @Test func `the same value in another spelling of JSON is the same value`() throws {
        #expect(try seam.create("user_identity_key", #""k/\u00e9""#).status == 200)
        #expect(try seam.create("user_identity_key", #""\u006b\/é""#).status == 409)
    }

    /// Names as sent, with the text that must come back: the writer escapes only what JSON makes it.
    static let texts: [(sent: String, text: String)] = [
        ("Zo\u{EB}", "Zo\u{EB}"), ("Zoe\u{308}", "Zoe\u{308}"), (#"Zo\u00EB"#, "Zo\u{EB}"),
        (#"Zoe\u0308"#, "Zoe\u{308}"),
        ("\u{212B}", "\u{212B}"), ("\u{C5}", "\u{C5}"), ("\u{FB01}", "\u{FB01}"), ("\u{AC00}", "\u{AC00}"),
        ("\u{1100}\u{1161}", "\u{1100}\u{1161}"), (#"\ud83d\ude00"#, "😀"), ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("  x  ", "  x  "), (#"\/"#, "/"), (#"\u0041"#, "A"), ("\u{FEFF}x", "\u{FEFF}x"), ("\u{202E}x", "\u{202E}x"),
        ("x\u{7F}", "x\u{7F}"), ("\u{FFFF}", "\u{FFFF}"), ("\u{10FFFF}", "\u{10FFFF}"), ("ß", "ß"), ("ſ", "ſ"),
        ("ΐ", "ΐ"),
    ]

    @Test(arguments: texts)
    func `a string comes back byte for byte`(sent: String, text: String) throws {
        let answer = try seam.create(#"{"user_identity_key":"\#(sent)","full_name":"\#(sent)"}"#)
        #expect(answer.status == 200)
        let expected = Array(#""user_identity_key":"\#(text)","email_address":null"#.utf8)
        #expect(answer.response.body.contains(expected))
        #expect(answer.response.body.contains(Array(#""full_name":"\#(text)","created_at""#.utf8)))
    }

    @Test func `both spellings of one letter are two values`() throws {
        for _ in 0..<2 {
            let statuses = try ["Zo\u{EB}", "Zoe\u{308}"].map {
                try seam.create("user_identity_key", "\"\($0)\"").status
            }
            #expect(statuses == [200, 200] || statuses == [409, 409])
        }
    }

    @Test func `control characters come back escaped, NUL too`() throws {
        let answer = try seam.create("full_name", #""a\u0000b\u001f\n\t\r\b\f\"\\""#)
        #expect(answer.status == 200)
        #expect(answer.text.contains(#""full_name":"a\u0000b\u001f\n\t\r\b\f\"\\""#))
        #expect(try seam.create("user_identity_key", #""a\u0000b""#).status == 200)
        #expect(try seam.create("user_identity_key", #""a\u0000c""#).status == 200)
        #expect(try seam.create("user_identity_key", #""a\u0000b""#).status == 409)
        #expect(try seam.create("user_identity_key", #""a""#).status == 200)
    }

    @Test func `of many that ask at once for one value, one gets it`() throws {
        let request = try Request.make(
            .post, SeamHouse.path, fields: [SeamHouse.key, SeamHouse.json], body: #"{"email_address":"a@b"}"#)
        let answers = seam.house.send(Array(repeating: request, count: 50))
        #expect(answers.map(\.status) == [200] + Array(repeating: 409, count: 49))
    }
}

extension [UInt8] {
    /// Whether some bytes stand anywhere in these.
    fileprivate func contains(_ needle: [UInt8]) -> Bool {
        guard count >= needle.count else { return false }
        return (0...count - needle.count).contains { self[$0..<$0 + needle.count].elementsEqual(needle) }
    }
}
