import JSON
import Testing

@testable import VendorKit

/// Members of a body, read by presence and type, with every fault collected on the way.
@Suite struct FieldReaderTests {
    static func reader(_ text: String, at path: [PathElement] = []) throws -> FieldReader {
        guard case .object(let object) = try JSONValue(parsing: Array(text.utf8)) else {
            throw JSONError(reason: .unexpectedEnd, offset: 0)
        }
        return FieldReader(object, at: path)
    }

    /// What a reader makes of `m` in each presence: `absent`, `null`, the value, or the fault.
    typealias Row = (body: String, required: String, optional: String, nullable: String)

    static let presence: [Row] = [
        ("{}", "missing", "absent", "absent"),
        (#"{"M":"x"}"#, "missing", "absent", "absent"),
        (#"{"m":null}"#, "string/null", "string/null", "null"),
        (#"{"m":"x"}"#, "x", "x", "x"),
        (#"{"m":""}"#, "", "", ""),
        (#"{"m":1}"#, "string/number", "string/number", "string/number"),
        (#"{"m":1.5}"#, "string/number", "string/number", "string/number"),
        (#"{"m":true}"#, "string/boolean", "string/boolean", "string/boolean"),
        (#"{"m":[]}"#, "string/array", "string/array", "string/array"),
        (#"{"m":{}}"#, "string/object", "string/object", "string/object"),
    ]

    private func outcome(_ reader: FieldReader, _ field: Field<String>) -> String {
        if let problem = reader.problems.first {
            #expect(field.value == nil)
            #expect(problem.path == [.name("m")])
            switch problem.fault {
            case .missing: return "missing"
            case .wrongType(let expected, let received): return "\(expected)/\(received)"
            default: return "\(problem.fault)"
            }
        }
        switch field {
        case .absent: return "absent"
        case .null: return "null"
        case .value(let text): return text
        }
    }

    @Test(arguments: presence)
    func `absent, null and a value are told apart as the schema says`(row: Row) throws {
        for (presence, expected) in [
            (FieldReader.Presence.required, row.required), (.optional, row.optional), (.nullable, row.nullable),
        ] {
            var reader = try Self.reader(row.body)
            let field = reader.string("m", presence)
            #expect(outcome(reader, field) == expected)
            #expect(reader.problems.count <= 1)
        }
    }

    static let integers: [(String, Int?, String?)] = [
        ("0", 0, nil), ("-0", 0, nil), ("1.0", 1, nil), ("1e2", 100, nil), ("-7", -7, nil),
        ("9223372036854775807", .max, nil), ("-9223372036854775808", .min, nil),
        ("9223372036854775808", nil, "number"), ("1e400", nil, "number"), ("1.5", nil, "float"), ("1e-1", nil, "float"),
        (#""1""#, nil, "string"), ("true", nil, "boolean"), ("null", nil, "null"), ("[1]", nil, "array"),
    ]

    @Test(arguments: integers)
    func `an integer is a whole number of 64 bits in any writing`(text: String, value: Int?, received: String?) throws {
        var reader = try Self.reader(#"{"m":\#(text)}"#)
        #expect(reader.integer("m").value == value)
        #expect(
            reader.problems.map(\.fault) == (received.map { [.wrongType(expected: "integer", received: $0)] } ?? []))
    }

    @Test(arguments: [
        ("{}", nil), ("[]", "array"), ("1", "number"), (#""x""#, "string"), ("null", "null"), ("false", "boolean"),
    ])
    func `an object is nothing else`(text: String, received: String?) throws {
        var reader = try Self.reader(#"{"m":\#(text)}"#)
        #expect((reader.object("m").value != nil) == (received == nil))
        #expect(reader.problems.map(\.fault) == (received.map { [.wrongType(expected: "object", received: $0)] } ?? []))
    }

    @Test(arguments: [
        ("[]", nil), ("{}", "object"), ("1", "number"), (#""x""#, "string"), ("null", "null"), ("true", "boolean"),
    ])
    func `an array is nothing else`(text: String, received: String?) throws {
        var reader = try Self.reader(#"{"m":\#(text)}"#)
        #expect((reader.array("m").value != nil) == (received == nil))
        #expect(reader.problems.map(\.fault) == (received.map { [.wrongType(expected: "array", received: $0)] } ?? []))
    }

    @Test func `null is nothing where it is allowed, for every type`() throws {
        var reader = try Self.reader(#"{"m":null}"#)
        for isNull in [
            reader.string("m", .nullable).isNull, reader.integer("m", .nullable).isNull,
            reader.object("m", .nullable).isNull, reader.array("m", .nullable).isNull,
        ] {
            #expect(isNull)
        }
        #expect(reader.problems.isEmpty)
    }

    @Test func `faults are collected in the order of reading, with their whole path`() throws {
        var reader = try Self.reader(#"{"b":1,"a":"","x":0}"#, at: [.name("list"), .index(2)])
        _ = reader.string("a", .required, .notEmpty)
        _ = reader.string("b", .required)
        _ = reader.string("c", .required)
        reader.note([FieldProblem([.name("deep"), .index(0)], .notAUUID)])
        reader.refuseMembers(except: ["a", "b", "c"])
        #expect(reader.problems.map(\.dottedPath) == ["list.2.a", "list.2.b", "list.2.c", "deep.0", "list.2.x"])
        #expect(
            reader.problems.map(\.fault) == [
                .tooShort(minimum: 1), .wrongType(expected: "string", received: "number"), .missing, .notAUUID,
                .unknownMember,
            ])
    }

    @Test func `unknown members are named in the order sent, and names compare by bytes`() throws {
        var reader = try Self.reader("{\"z\":1,\"é\":2,\"e\u{301}\":3,\"A\":4,\"a\":5,\"\":6}")
        reader.refuseMembers(except: ["é", "a"])
        #expect(reader.problems.map { Array($0.dottedPath.utf8) } == ["z", "e\u{301}", "A", ""].map { Array($0.utf8) })
    }

    @Test func `a fault of the body itself has no path`() {
        #expect(FieldProblem([], .missing).dottedPath.isEmpty)
    }
}

extension Field {
    fileprivate var isNull: Bool {
        if case .null = self { true } else { false }
    }
}
