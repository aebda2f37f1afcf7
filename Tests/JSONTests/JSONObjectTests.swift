import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test("Members keep the order in which they were sent")
    func order() throws {
        guard case .object(let object) = try parsed(#"{"z":1,"a":2,"m":3}"#) else { Issue.record("no object"); return }
        #expect(object.members.map(\.name) == ["z", "a", "m"])
    }

    @Test("A missing member is nil and a null member is null")
    func missing() throws {
        guard case .object(let object) = try parsed(#"{"a":null}"#) else { Issue.record("no object"); return }
        #expect(object["a"] == .null)
        #expect(object["b"] == nil)
        #expect(object["A"] == nil)
        #expect(!object.isEmpty)
    }

    @Test("Setting replaces in place, adds at the end and removes")
    func setting() {
        var object = JSONObject()
        #expect(object.isEmpty)
        object.append("a", .null)
        object["b"] = .boolean(true)
        object["a"] = .string("x")
        object["é"] = .boolean(false)
        object["e\u{301}"] = .null
        #expect(text(.object(object)) == "{\"a\":\"x\",\"b\":true,\"é\":false,\"e\u{301}\":null}")
        object["a"] = nil
        object["missing"] = nil
        #expect(object.members.map(\.name) == ["b", "é", "e\u{301}"])
    }

    @Test(
        "Every value says its type",
        arguments: zip(
            ["null", "true", "1", "\"\"", "[]", "{}"], ["null", "boolean", "number", "string", "array", "object"]))
    func typeNames(input: String, name: String) throws {
        #expect(try parsed(input).typeName == name)
    }

    @Test(
        "Trees are equal by bytes, digits and order",
        arguments: [
            ("1", "1.0"), ("1", "\"1\""), ("\"é\"", "\"e\u{301}\""), ("[1,2]", "[2,1]"), ("[]", "{}"),
            ("null", "false"),
            (#"{"a":1,"b":2}"#, #"{"b":2,"a":1}"#), ("true", "false"), ("{\"K\":1}", "{\"\u{212A}\":1}"),
        ])
    func equality(left: String, right: String) throws {
        #expect(try parsed(left) == parsed(left))
        #expect(try parsed(left) != parsed(right))
    }
}
