import HTTPServer
import Testing

@Suite struct HTTPURLTests {
    @Test(
        arguments: [
            ("http://127.0.0.1:3000/hook?a=b", "127.0.0.1", 3000, "/hook?a=b", "127.0.0.1:3000"),
            ("HTTP://LocalHost", "localhost", 80, "/", "LocalHost"), ("http://app:81/", "app", 81, "/", "app:81"),
            ("http://[::1]:8080/a/b", "::1", 8080, "/a/b", "[::1]:8080"), ("http://a?x", "a", 80, "/?x", "a"),
        ] as [(String, String, Int, String, String)])
    func aURLIsTakenApart(_ text: String, host: String, port: Int, target: String, authority: String) throws {
        let url = try #require(HTTPURL(text))
        #expect(url.host == host && url.port == port && url.target == target && url.authority == authority)
    }

    @Test(arguments: [
        "", "a", "https://a/", "http://", "http:///x", "http://u@a/", "http://u:p@a/", "http://a/#x", "http://a b/",
        "http://a/b c", "http://a:0/", "http://a:65536/", "http://a:x/", "http://[::1/", "http://::1/", "http://é/",
        "http://a/\r\nX: y", "http://a/%zz", "ftp://a/", "http://a/" + String(repeating: "x", count: 2048),
    ])
    func anythingElseIsNone(_ text: String) {
        #expect(HTTPURL(text) == nil)
    }

    @Test(arguments: [
        ("127.0.0.1", true), ("127.9.9.9", true), ("::1", true), ("::ffff:127.0.0.1", true), ("10.0.0.1", true),
        ("172.16.0.1", true), ("172.31.255.255", true), ("192.168.1.1", true), ("::ffff:10.1.1.1", true),
        ("fc00::1", true), ("fdff::1", true), ("172.15.0.1", false), ("172.32.0.1", false), ("11.0.0.1", false),
        ("192.169.0.1", false), ("169.254.169.254", false), ("8.8.8.8", false), ("0.0.0.0", false), ("::", false),
        ("fe80::1", false), ("2001:db8::1", false), ("::ffff:8.8.8.8", false), ("localhost", true), ("app", false),
    ])
    func nearIsThisMachineAndPrivateNetworks(_ address: String, _ isNear: Bool) {
        #expect(HostAddress.isNear(address) == isNear)
    }
}
