import HTTPServer
import TestSupport
import Testing

struct BodyTests {
    let client = Client()
    static let mediaType = #"415 {"message":"Content-Type must be application/json","code":"UNSUPPORTED_MEDIA_TYPE"}"#

    static func malformed(_ hint: String) -> String {
        #"400 {"message":"Request body is not valid JSON","code":"INVALID_JSON","hint":"\#(hint)"}"#
    }

    @Test(arguments: [
        "application/json", "APPLICATION/Json", "application/json;charset=utf-8", "application/json ; charset=UTF-8",
        "application/json; a=\"b;c\"",
    ])
    func `a media type is accepted`(type: String) throws {
        #expect(try client.post(#"{"name":"J"}"#, type: type).status == 201)
    }

    @Test(arguments: [
        nil, "", "text/plain", "application/jsonp", "application/json5", "application/problem+json", "json",
        "application/x-www-form-urlencoded", "application/json, text/plain", "text/plain; application/json",
    ])
    func `a media type is refused`(type: String?) throws {
        #expect(try client.post(#"{"name":"J"}"#, type: type).whole == Self.mediaType)
    }

    @Test func `a content coding is refused`() throws {
        #expect(try client.post(#"{"name":"J"}"#, [("Content-Encoding", "gzip")]).whole == Self.mediaType)
        #expect(try client.post(#"{"name":"J"}"#, [("Content-Encoding", "identity")]).status == 201)
    }

    @Test(arguments: [
        ("", "no JSON value at byte 0"),
        ("{", "the end of the text inside a value at byte 1"),
        (#"{"name":"J",}"#, "a comma with nothing after it at byte 11"),
        (#"{"name":"J"}{}"#, "something after the JSON value at byte 12"),
        (#"{name:"J"}"#, "no member name in double quotes where one must be at byte 1"),
        (#"{"name":"J","name":"K"}"#, #"a second member named \"name\" at byte 12"#),
        (#"{"name":"J","metadata":{"a":{"b":1,"b":2}}}"#, #"a second member named \"b\" at byte 35"#),
        (#"{"name":"\udc00"}"#, "half a surrogate pair at byte 9"),
        ("{\"name\":\"\t\"}", #"a control character in a string, to be sent as \\t, at byte 9"#),
        ("\u{FEFF}{}", "a byte-order mark, which JSON must not begin with at byte 0"),
        (#"/**/{"name":"J"}"#, "a comment, which JSON does not have at byte 0"),
        (#"{"name":"J","x":.5}"#, "no JSON value where one must be at byte 16"),
        (#"{"name":"J","x":1.}"#, "a number without the digit that must come here at byte 18"),
        (#"{"name":"J","x":True}"#, "no JSON value where one must be at byte 16"),
    ])
    func `what is no JSON is a 400 that says where`(body: String, hint: String) throws {
        #expect(try client.post(body).whole == Self.malformed(hint))
        #expect(client.stored().isEmpty)
    }

    @Test func `bytes that are no UTF-8 are a 400`() throws {
        let fields = [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")]
        let body = Array(#"{"name":""#.utf8) + [0xC3, 0x28] + Array(#""}"#.utf8)
        let answer = client.house.send([try Request.make(.post, "/users", fields: fields, body: body)])[0]
        #expect(answer.whole == Self.malformed("bytes that are not UTF-8 at byte 9"))
    }

    @Test func `a request without a body is a 400 and no 415`() throws {
        #expect(try client.post(nil).whole == Self.malformed("no JSON value at byte 0"))
        #expect(try client.post("", type: "text/plain").whole == Self.malformed("no JSON value at byte 0"))
    }

    @Test func `metadata may nest to 64 levels of the body`() throws {
        func nested(_ depth: Int) -> String {
            let inner = depth - 2
            return #"{"name":"x","metadata":{"x":"# + String(repeating: "[", count: inner)
                + String(repeating: "]", count: inner) + "}}"
        }
        #expect(try client.post(nested(64)).own == nested(64))
        #expect(try client.post(nested(65)).at("code") == "INVALID_JSON")
    }

    @Test func `a body may have 1 MiB and no byte more`() throws {
        #expect(try client.post(body(#"{"name":"J"}"#, padded: 1_048_576)).status == 201)
        #expect(
            try client.post(body(#"{"name":"J"}"#, padded: 1_048_577)).whole
                == #"413 {"message":"Request body is too large","code":"PAYLOAD_TOO_LARGE"}"#)
        #expect(client.stored().count == 1)
    }
}
