import Testing
import VendorKit

/// The addresses of an HTML form field: https://html.spec.whatwg.org/#valid-e-mail-address.
@Suite struct EmailAddressTests {
    static let label = String(repeating: "a", count: 63)
    static let local = String(repeating: "l", count: 64)
    /// 254 bytes: 64, the `@`, and 189 of domain.
    static let longest = local + "@" + [label, label, String(repeating: "b", count: 61)].joined(separator: ".")

    @Test(arguments: [
        "a@b", "jean@example.com", "JEAN@EXAMPLE.COM", "a.b@c.d", "a..b@c", ".a@c", "a.@c", "..@c", "1@2", "1@2.3",
        "first.last+tag@sub.example.co.uk", "o'hara@example.com", "a!#$%&'*+/=?^_`{|}~-z@example.com", "-@a", "_@a",
        "a@a-b", "a@a--b", "a@1-2.3-4", "a@xn--bcher-kva.example", "a@localhost", "a@127.0.0.1", "a@a.b.c.d.e.f",
        label + "@" + label, local + "@b", "a@" + label + "." + label, longest,
    ])
    func `accepts`(text: String) {
        #expect(EmailAddress.isValid(text))
    }

    @Test(arguments: [
        "", " ", "a", "@", "a@", "@b", "a@@b", "a@b@c", "a@b@", "jean", "jean.example.com",
        "a b@c", " a@b", "a@b ", "a@ b", "a@b c", "a\t@b", "a@b\n", "\na@b", "a@b\r\n", "a@b\0", "a\0@b",
        "a@.b", "a@b.", "a@b..c", "a@.", "a@-b", "a@b-", "a@b.-c", "a@b-.c", "a@-", "a@b_c", "a@b!c", "a@b/c",
        "a@[127.0.0.1]", "a@b:25", "a@b,c@d", "a@b;c", "Jean <a@b>", "<a@b>", "mailto:a@b", "a\"b@c", "\"a\"@b",
        "\"a b\"@c", "a\\@b@c", "a(b)@c", "a,b@c", "a:b@c", "a;b@c", "a<b@c", "a>b@c", "a[b@c", "a]b@c",
        "jos\u{E9}@example.com", "jose\u{301}@example.com", "a@b\u{FC}cher.example", "a@\u{4F8B}.jp",
        "\u{FF41}@b", "a\u{FF20}b", "a@b\u{3002}c", "\u{1F600}@b", "a\u{200B}@b", "a@b\u{FEFF}", "\u{212A}@b",
        "a@\u{212A}",
        label + "a@" + label + "aa", local + "l@b", "a@" + label + "a", "a@" + label + "a.b", "a@b." + label + "a",
        longest + "b",
    ])
    func `refuses`(text: String) {
        #expect(!EmailAddress.isValid(text))
    }

    @Test func `the longest is 254 bytes, 64 of them before the at sign`() {
        #expect(Self.longest.utf8.count == EmailAddress.maximumLength)
        #expect(Self.local.utf8.count == EmailAddress.maximumLocalLength)
    }

    @Test func `agrees with the pattern of the standard for every ASCII character at every place`() throws {
        let atext = "a-zA-Z0-9.!#$%&'*+\\/=?^_`{|}~\\-"
        let name = "[a-zA-Z0-9](?:[a-zA-Z0-9\\-]{0,61}[a-zA-Z0-9])?"
        let pattern = try Regex("[\(atext)]+@\(name)(?:\\.\(name))*")
        for template in ["?b@c.d", "a?@c.d", "a@?c.d", "a@c?d", "a@c.?d", "a@c.d?", "?@c", "a@?"] {
            for scalar in 0..<128 {
                let character = Unicode.Scalar(UInt8(scalar))
                let text = String(String.UnicodeScalarView(template.unicodeScalars.map { $0 == "?" ? character : $0 }))
                // The pattern counts CR LF as one character and is of no use there.
                #expect(EmailAddress.isValid(text) == (text.wholeMatch(of: pattern) != nil), "\(text.debugDescription)")
            }
        }
    }
}
