import HTTPServer
import TestSupport
import Testing

struct BodyTests {
    let client = Client()

    @Test(arguments: [
        "application/json", "APPLICATION/Json", "application/json;charset=utf-8", "application/json ; charset=UTF-8",
        "application/json; a=\"b;c\"",
    ])
    func `a media type is accepted`(type: String) throws {
        #expect(try client.post("{}", type: type).status == 200)
    }

    @Test(arguments: [
        nil, "", "text/plain", "application/jsonp", "application/json5", "application/problem+json", "json",
        "application/x-www-form-urlencoded", "application/json, text/plain", "text/plain; application/json",
    ])
    func `a media type is refused`(type: String?) throws {
        let answer = try client.post("{}", type: type)
        #expect(answer.refusal == "415 Unsupported Media Type")
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test func `a content coding is refused`() throws {
        #expect(try client.post("{}", [("Content-Encoding", "gzip")]).refusal == "415 Unsupported Media Type")
        #expect(try client.post("{}", [("Content-Encoding", "Identity")]).status == 200)
    }

    @Test(arguments: [
        ("", "no JSON value at byte 0"),
        (" \n", "no JSON value at byte 2"),
        ("{", "the end of the text inside a value at byte 1"),
        (#"{"id":"a",}"#, "a comma with nothing after it at byte 9"),
        (#"{"id":"a"} x"#, "something after the JSON value at byte 11"),
        (#"{id:"a"}"#, "no member name in double quotes where one must be at byte 1"),
        (#"{'id':'a'}"#, "no member name in double quotes where one must be at byte 1"),
        (#"{"id":"a","id":"b"}"#, #"a second member named "id" at byte 10"#),
        (#"{"id":"a","i\u0064":"b"}"#, #"a second member named "id" at byte 10"#),
        (#"{"id":"\ud800"}"#, "half a surrogate pair at byte 7"),
        ("{\"id\":\"\u{1}\"}", #"a control character in a string, to be sent as \u0001, at byte 7"#),
        ("\u{FEFF}{}", "a byte-order mark, which JSON must not begin with at byte 0"),
        ("{}//", "a comment, which JSON does not have at byte 2"),
        (#"{"id":01}"#, "a number with a leading zero at byte 6"),
        (#"{"id":NaN}"#, "no JSON value where one must be at byte 6"),
    ])
    func `what is no JSON is a 400 that says where`(body: String, reason: String) throws {
        #expect(try client.post(body).refusal == "400 Malformed JSON in request body: \(reason)")
        #expect(client.stored().isEmpty)
    }

    @Test(
        arguments: [
            ([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D], "bytes that are not UTF-8 at byte 2"),
            ([0xFE, 0xFF, 0x00, 0x7B], "UTF-16 or UTF-32, where JSON must be UTF-8 at byte 0"),
        ] as [([UInt8], String)])
    func `bytes that are no UTF-8 are a 400`(body: [UInt8], reason: String) throws {
        let answer = client.house.send([try client.request(.post, "/v1/users", body)])[0]
        #expect(answer.refusal == "400 Malformed JSON in request body: \(reason)")
    }

    @Test func `a request without a body is a 400 and no 415`() throws {
        for (body, type) in [(nil, nil), ("", nil), ("", "text/plain"), ("", "application/json")]
            as [(String?, String?)]
        {
            #expect(
                try client.post(body, type: type).refusal
                    == "400 Malformed JSON in request body: no JSON value at byte 0"
            )
        }
    }

    @Test func `nesting past 64 levels is a 400`() throws {
        func nested(_ depth: Int) -> String {
            #"{"x":"# + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1) + "}"
        }
        #expect(try client.post(nested(64)).refusal == "400 Unrecognized key(s) in object: 'x'")
        #expect(
            try client.post(nested(65)).refusal.hasPrefix("400 Malformed JSON in request body: nesting deeper than 64"))
    }

    @Test func `a body may have 1 MiB and no byte more`() throws {
        #expect(try client.post(body(#"{"id":"a"}"#, padded: 1_048_576)).status == 200)
        let answer = try client.post(body(#"{"id":"b"}"#, padded: 1_048_577))
        #expect(answer.refusal == "413 Payload Too Large")
        #expect(client.stored().count == 1)
    }
}
