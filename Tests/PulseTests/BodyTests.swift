import HTTPServer
import TestSupport
import Testing

@Suite("The bodies that Pulse reads")
struct BodyTests {
    private static let body = #"{"email":"ada@example.com"}"#

    @Test(
        "application/json is taken in any letter case and with any parameters",
        arguments: [
            "application/json", "APPLICATION/JSON", "Application/Json; charset=utf-8",
            "application/json;charset=latin1",
            "application/json ; q=1", "application/json;", #"application/json; profile="a;b""#,
        ])
    func goodType(_ type: String) throws {
        #expect(try PulseHouse().create(Self.body, type: type).status == 201)
    }

    @Test(
        "any other media type is refused",
        arguments: [
            nil, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json",
            "application/jsonp", "application/json, application/json", "application/problem+json", "application",
            "json", ";application/json",
        ])
    func badType(_ type: String?) throws {
        let answer = try PulseHouse().create(Self.body, type: type)
        #expect(answer.status == 415)
        #expect(answer.text == refusal(415, "Unsupported Media Type", "Content-Type must be application/json"))
    }

    @Test("a compressed body is refused", arguments: [("gzip", 415), ("identity, br", 415), ("Identity", 201)])
    func compressed(_ coding: String, _ status: Int) throws {
        #expect(try PulseHouse().create(Self.body, fields: [("Content-Encoding", coding)]).status == status)
    }

    @Test(
        "what is not JSON to the letter is refused, with the place",
        arguments: [
            ("", "no JSON value at byte 0"), ("  ", "no JSON value at byte 2"),
            ("{", "the end of the text inside a value at byte 1"),
            (#"{"email":"a@b",}"#, "a comma with nothing after it at byte 14"),
            (#"{"email":"a@b"}x"#, "something after the JSON value at byte 15"),
            (#"{"email":"a@b"}{}"#, "something after the JSON value at byte 15"),
            ("{'email':'a@b'}", "no member name in double quotes where one must be at byte 1"),
            (#"{email:"a@b"}"#, "no member name in double quotes where one must be at byte 1"),
            (#"{"email":"a@b"/**/}"#, "a comment, which JSON does not have at byte 14"),
            (#"{"email":"a@b","teamId":01}"#, "a number with a leading zero at byte 24"),
            (#"{"email":"a@b","x":NaN}"#, "no JSON value where one must be at byte 19"),
            (#"{"email":"\ud800"}"#, "half a surrogate pair at byte 10"),
            ("\u{FEFF}{}", "a byte-order mark, which JSON must not begin with at byte 0"),
            (#"{"email":"a@b","email":"c@d"}"#, #"a second member named \"email\" at byte 15"#),
            (#"{"email":"a@b","x":{"y":1,"y":2}}"#, #"a second member named \"y\" at byte 26"#),
            ("email=a%40b", "no JSON value where one must be at byte 0"),
        ])
    func badJSON(_ body: String, _ problem: String) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.create(body)
        #expect(answer.status == 400)
        #expect(answer.text == badRequest("Request body is not valid JSON: \(problem)"))
        #expect(try pulse.users() == 0)
    }

    @Test("a control character and bytes that are no UTF-8 are refused too")
    func badBytes() throws {
        let house = try PulseHouse().house
        for bytes in [Array("{\"email\":\"a\u{1}@b\"}".utf8), Array(#"{"email":""#.utf8) + [0xFF] + Array(#""}"#.utf8)]
        {
            let request = try Request.make(
                .post, "/pulse/users",
                fields: [
                    ("Authorization", "Bearer pulse_test_token"), ("x-account-id", "2311"),
                    ("Content-Type", "application/json"),
                ], body: bytes)
            let answer = house.send([request])[0]
            #expect(answer.status == 400)
            #expect(answer.at("message")?.hasPrefix("Request body is not valid JSON: ") == true)
        }
    }

    @Test("no body at all is refused as one that is not JSON, with or without a media type", arguments: [true, false])
    func noBody(_ hasType: Bool) throws {
        let answer = try PulseHouse().create(nil, type: hasType ? "application/json" : nil)
        #expect(answer.text == badRequest("Request body is not valid JSON: no JSON value at byte 0"))
    }

    @Test("nesting is read 64 levels deep", arguments: [(63, 201), (64, 400)])
    func depth(_ levels: Int, _ status: Int) throws {
        let nested = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        #expect(try PulseHouse().create(#"{"email":"a@b","x":\#(nested)}"#).status == status)
    }

    @Test("a body of 1 MiB is read, and of one byte more it is not", arguments: [(1_048_576, 201), (1_048_577, 413)])
    func size(_ bytes: Int, _ status: Int) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.create(Self.body + String(repeating: " ", count: bytes - Self.body.utf8.count))
        #expect(answer.status == status)
        if status == 413 { #expect(answer.text == refusal(413, "Payload Too Large", "Request body exceeds 1 MiB")) }
        #expect(try pulse.users() == (status == 201 ? 1 : 0))
    }
}
