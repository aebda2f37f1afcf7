import Testing

@testable import VendorKit

/// What clients send to say who they are and what they bring.
@Suite struct CredentialTests {
    static let longest = String(repeating: "x", count: 64)

    @Test(arguments: [
        ("base", "default"), ("base.ci-7", "ci-7"), ("base.A_z-09", "A_z-09"), ("base.x", "x"),
        ("base.default", "default"), ("base." + longest, longest),
    ])
    func `a key opens the default sandbox, and with a name the one of that name`(credential: String, sandbox: String) {
        #expect(SandboxKey("base").sandbox(openedBy: credential) == sandbox)
    }

    @Test(arguments: [
        "", "bas", "Base", "BASE", "base.", "base..x", "base.x.y", "base.x y", "base.é", "base.x/y", "base.x%20",
        "basex", "base-x", "base ", " base", "base." + longest + "x", "base\u{301}", "base.\0", ".x", "x.base",
    ])
    func `anything else opens nothing`(credential: String) {
        #expect(SandboxKey("base").sandbox(openedBy: credential) == nil)
    }

    @Test func `a base may have a dot of its own`() {
        let key = SandboxKey("my.key")
        #expect(key.sandbox(openedBy: "my.key") == "default")
        #expect(key.sandbox(openedBy: "my.key.name") == "name")
        #expect(key.sandbox(openedBy: "my") == nil)
    }

    @Test(
        arguments: [
            ("Bearer abc", "abc", "abc"), ("bearer abc", "abc", nil), ("BEARER abc", "abc", nil),
            ("BeArEr abc", "abc", nil), ("Bearer   abc", "abc", "abc"), ("Bearer a b", "a b", "a b"),
            ("Bearer a=/+~", "a=/+~", "a=/+~"), ("Bearer", nil, nil), ("Bearer ", nil, nil), ("", nil, nil),
            ("abc", nil, nil), ("Basic abc", nil, nil), ("Bearerabc", nil, nil), ("Bearer\tabc", nil, nil),
            ("Token abc", nil, nil), ("Bearer: abc", nil, nil), (" Bearer abc", nil, nil), ("Bearex abc", nil, nil),
            ("\u{22}earer abc", nil, nil),
        ] as [(String, String?, String?)])
    func `a bearer token stands behind its scheme`(field: String, anyCase: String?, exact: String?) {
        #expect(BearerToken.token(in: field, anyCase: true) == anyCase)
        #expect(BearerToken.token(in: field, anyCase: false) == exact)
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "APPLICATION/JSON", "application/json;charset=utf-8",
        "application/json; charset=\"utf-8\"", "application/json ; charset=utf-8", "application/json\t;x",
        "application/json;",
        "application/json;;", "application/json; charset=latin-1", "application/json;odata=verbose;x=y",
    ])
    func `application/json is JSON in any case and with any parameters`(type: String) {
        let isJSON = MediaType.isJSON(type.utf8Span.span)
        #expect(isJSON)
    }

    @Test(arguments: [
        "", ";", "application", "application/", "application/jsonx", "xapplication/json", "application/json x",
        "application/json, application/json", "application/json,text/plain", "text/json", "application/vnd.api+json",
        "application/merge-patch+json", "application /json", "application/ json", "json", "*/*", "application/*",
        "application/x-www-form-urlencoded", "multipart/form-data; boundary=application/json",
        "text/plain;application/json",
        " application/json",
    ])
    func `everything else is not`(type: String) {
        let isJSON = MediaType.isJSON(type.utf8Span.span)
        #expect(!isJSON)
    }
}
