import JSON
import Testing

@Suite struct JSONErrorTests {
    @Test(
        "An error says in words what is wrong and where",
        arguments: [
            ("[1,]", "a comma with nothing after it at byte 2"),
            ("{\"a\":1,\"a\":2}", "a second member named \"a\" at byte 7"),
            ("\"\u{1}\"", #"a control character in a string, to be sent as \u0001, at byte 1"#),
            ("\"\n\"", #"a control character in a string, to be sent as \n, at byte 1"#),
            ("", "no JSON value at byte 0"),
            (String(repeating: "[", count: 65), "nesting deeper than 64 levels at byte 64"),
        ])
    func description(input: String, words: String) {
        #expect(refusal(Array(input.utf8))?.description == words)
    }

    @Test("A name that a sender made long or strange is cut and escaped in the message")
    func longName() {
        let name = "\u{1}" + String(repeating: "e\u{301}", count: 100_000)
        let words = JSONError.Reason.duplicateName(name).description
        #expect(words.utf8.starts(with: "a second member named \"\\u0001e\u{301}".utf8))
        #expect(words.utf8.count < 200)
    }
}
