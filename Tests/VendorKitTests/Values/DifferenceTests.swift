import JSON
import Testing
import VendorKit

struct DifferenceTests {
    private func places(_ first: String, _ second: String, limit: Int = 100) throws -> [String] {
        Difference.places(
            try JSONValue(parsing: Array(first.utf8)), try JSONValue(parsing: Array(second.utf8)), limit: limit)
    }

    @Test(arguments: [
        ("{}", "{}", []), (#"{"a":1}"#, #"{"a":2}"#, ["a"]), (#"{"a":1}"#, #"{"a":1.0}"#, ["a"]),
        (#"{"a":1}"#, "{}", ["a"]), ("{}", #"{"a":null}"#, ["a"]), (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#, []),
        (#"{"a":{"b":[1,{"c":2}]}}"#, #"{"a":{"b":[1,{"c":3},4]}}"#, ["a.b.1.c", "a.b.2"]),
        (#"{"a":[]}"#, #"{"a":{}}"#, ["a"]), ("[1]", "[2]", ["0"]), ("1", "2", [""]),
        // Two spellings of one letter are two names, and two values.
        ("{\"\u{E9}\":1}", "{\"e\u{301}\":1}", ["\u{E9}", "e\u{301}"]), ("\"\u{E9}\"", "\"e\u{301}\"", [""]),
    ])
    func `places are named by dotted path`(first: String, second: String, wanted: [String]) throws {
        #expect(try places(first, second).map { Array($0.utf8) } == wanted.map { Array($0.utf8) })
    }

    @Test func `what stood at a place, and what stands there, come with it`() throws {
        let before = try JSONValue(parsing: Array(#"{"a":1,"b":null,"c":[2]}"#.utf8))
        let after = try JSONValue(parsing: Array(#"{"a":2,"c":[2,3]}"#.utf8))
        let all = Difference.all(before, after, limit: 9)
        #expect(all.map(\.place) == ["a", "b", "c.1"])
        #expect(all.map(\.first) == [.number(JSONNumber(1)), .null, nil])
        #expect(all.map(\.second) == [.number(JSONNumber(2)), nil, .number(JSONNumber(3))])
    }

    @Test func `no more places are named than asked for, however big the values`() throws {
        let many = (0..<20_000).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        let others = (0..<20_000).map { "\"m\($0)\":-1" }.joined(separator: ",")
        #expect(try places("{\(many)}", "{\(others)}", limit: 3) == ["m0", "m1", "m2"])
    }
}
