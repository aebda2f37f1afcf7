import HTTPServer
import TestSupport
import Testing

/// Every field's values: what is taken, what is refused, and in which words.
@Suite struct FieldTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    static let long = "\"" + String(repeating: "x", count: 100_000) + "\""
    static let local = String(repeating: "l", count: 64)
    static let label = String(repeating: "d", count: 63)
    static let domain = [label, label, String(repeating: "d", count: 61)].joined(separator: ".")

    @Test(arguments: [
        ("user_identity_key", #""x""#), ("user_identity_key", #"" ""#), ("user_identity_key", #""\u0000""#),
        ("user_identity_key", #""null""#), ("user_identity_key", long), ("user_identity_key", "null"),
        ("full_name", #""x""#), ("full_name", #""  ""#), ("full_name", #""\n""#), ("full_name", long),
        ("full_name", "null"),
        ("email_address", #""a@b""#), ("email_address", #""name@gmail.com""#), ("email_address", #""A.B+c@D-e.F""#),
        ("email_address", "\"\(local)@\(domain)\""), ("email_address", "\"a@\(label)\""), ("email_address", "null"),
        ("phone_number", #""+12""#), ("phone_number", #""+15555550100""#), ("phone_number", #""+123456789012345""#),
        ("phone_number", "null"), ("acs_system_ids", "[]"),
    ])
    func `takes`(name: String, value: String) throws {
        #expect(try seam.create(name, value).status == 200)
    }

    static let tooShort = "String must contain at least 1 character(s)"
    static let phone = "Phone number must be in E.164 format: +14155552671"

    static let texts: [(String, String, String)] =
        [
            ("user_identity_key", #""""#, tooShort), ("full_name", #""""#, tooShort),
            ("email_address", #""""#, "Invalid email"), ("email_address", #""text""#, "Invalid email"),
            ("email_address", #""a b@c""#, "Invalid email"), ("email_address", #"" a@b""#, "Invalid email"),
            ("email_address", #""a@-b""#, "Invalid email"), ("email_address", #""jos\u00e9@b.c""#, "Invalid email"),
            ("email_address", #""\"a\"@b""#, "Invalid email"), ("email_address", #""a@b\u0000""#, "Invalid email"),
            ("email_address", "\"\(local)l@b\"", "Invalid email"),
            ("email_address", "\"\(local)@d\(domain)\"", "Invalid email"),
            ("email_address", "\"a@d\(label)\"", "Invalid email"),
            ("phone_number", #""""#, phone), ("phone_number", #""text""#, phone), ("phone_number", #""+1""#, phone),
            ("phone_number", #""+05555550100""#, phone), ("phone_number", #""15555550100""#, phone),
            ("phone_number", #""+1234567890123456""#, phone), ("phone_number", #""+1 555 555 0100""#, phone),
            ("phone_number", #"" +15555550100""#, phone), ("phone_number", #""+15555550100\u0000""#, phone),
            ("acs_system_ids", "null", "Expected array, received null"),
            ("acs_system_ids", "{}", "Expected array, received object"),
            ("acs_system_ids", #""123e4567-e89b-12d3-a456-426614174000""#, "Expected array, received string"),
        ]
        + ["user_identity_key", "email_address", "phone_number", "full_name"].flatMap { name in
            [
                (name, "1", "Expected string, received number"), (name, "1.5", "Expected string, received number"),
                (name, "true", "Expected string, received boolean"), (name, "[]", "Expected string, received array"),
                (name, #"["x"]"#, "Expected string, received array"), (name, "{}", "Expected string, received object"),
            ]
        }

    @Test(arguments: texts)
    func `refuses, and says what is wrong with which field`(name: String, value: String, text: String) throws {
        let errors = try seam.create(name, value).invalidInput("\(text) for \"\(name)\"")
        #expect(errors == #"{"_errors":[],"\#(name)":{"_errors":["\#(text)"]}}"#)
    }

    @Test func `all problems are told at once, in the order of the schema`() throws {
        let answer = try seam.create(
            #"{"acs_system_ids":["x"],"full_name":"","phone_number":"1","email_address":7,"user_identity_key":""}"#)
        let errors = answer.invalidInput(
            """
            5 Input Errors: \(Self.tooShort) for "user_identity_key", \
            Expected string, received number for "email_address", \(Self.phone) for "phone_number", \
            \(Self.tooShort) for "full_name", Invalid uuid for "acs_system_ids.0"
            """)
        #expect(
            errors == """
                {"_errors":[],"user_identity_key":{"_errors":["\(Self.tooShort)"]},\
                "email_address":{"_errors":["Expected string, received number"]},\
                "phone_number":{"_errors":["\(Self.phone)"]},"full_name":{"_errors":["\(Self.tooShort)"]},\
                "acs_system_ids":{"_errors":[],"0":{"_errors":["Invalid uuid"]}}}
                """)
    }

    @Test func `elements of an array nest by their number`() throws {
        let list = #"["123e4567-e89b-12d3-a456-426614174000","x",7,null,"123e4567-e89b-12d3-a456-426614174000",[]]"#
        let errors = try seam.create("acs_system_ids", list).invalidInput(
            """
            4 Input Errors: Invalid uuid for "acs_system_ids.1", \
            Expected string, received number for "acs_system_ids.2", \
            Expected string, received null for "acs_system_ids.3", \
            Expected string, received array for "acs_system_ids.5"
            """)
        #expect(
            errors == """
                {"_errors":[],"acs_system_ids":{"_errors":[],"1":{"_errors":["Invalid uuid"]},\
                "2":{"_errors":["Expected string, received number"]},"3":{"_errors":["Expected string, received null"]},\
                "5":{"_errors":["Expected string, received array"]}}}
                """)
    }

    @Test(arguments: [
        ("[]", "array"), (#"[{"full_name":"N"}]"#, "array"), ("null", "null"), ("7", "number"), ("true", "boolean"),
        (#""{}""#, "string"),
    ])
    func `a body that is no object is a problem of the root`(body: String, type: String) throws {
        let errors = try seam.create(body).invalidInput("Expected object, received \(type)")
        #expect(errors == #"{"_errors":["Expected object, received \#(type)"]}"#)
    }

    @Test func `fifty thousand wrong elements take no longer than their number`() throws {
        let count = 50_000
        let body = #"{"acs_system_ids":["# + Array(repeating: "1", count: count).joined(separator: ",") + "]}"
        let answer = try seam.create(body)
        #expect(answer.status == 400)
        #expect(answer.text.hasPrefix(#"{"error":{"type":"invalid_input","message":"50000 Input Errors: "#))
    }

    @Test func `a refused request leaves nothing behind`() throws {
        try seam.create(#"{"user_identity_key":"k","phone_number":"x"}"#)
        #expect(try seam.create("user_identity_key", #""k""#).status == 200)
        // Not even its number: the first user identity is the first.
        let fresh = try SeamHouse()
        try fresh.create("{")
        try fresh.create("email_address", "7")
        #expect(
            try fresh.create("{}").at("user_identity.user_identity_id") == "011eab3d-d166-482f-a349-467ec033b541")
    }
}
