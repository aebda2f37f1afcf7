/// What the fuzz starts from: valid and hostile inputs, and the pieces that their grammar turns on.
enum Corpus {
    private static let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let post = "POST /connect/users HTTP/1.1\r\nHost: a\r\n"
    private static let chunked = post + "Transfer-Encoding: chunked\r\n\r\n"

    static let requests = Mutator(
        [
            get, get + get, "\r\n" + get, "GET / HTTP/1.1\r\n\r\n",
            "GET /%41?b=%20 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
            "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", "GET http://b:80/healthz HTTP/1.1\r\nHost: a\r\n\r\n",
            "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}",
            "HEAD /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n" + get,
            post
                + "X-API-Key: connect_test_key\r\nContent-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}",
            post + "Content-Length: 3\r\n\r\nabc" + get, post + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\nabc",
            post + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
            post + "Content-Length: 18446744073709551617\r\n\r\na",
            post + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: gzip\r\n\r\n",
            chunked + "3\r\nabc\r\n0\r\n\r\n" + get, chunked + "3;a=\"b\"\r\nabc\r\n0\r\nX: y\r\n\r\n",
            chunked + "ffffffffffffffff\r\n",
            "PUT /sensay/v1/users/me HTTP/1.1\r\nHost: sensay.localhost\r\nX-USER-ID: a\r\nX: a\r\n b\r\n\r\n",
            "POST /seam/user_identities/create HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer seam_test_key\r\n"
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
            "POST /pulse/users HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer pulse_test_token\r\nx-account-id: 2311\r\n"
                + "Content-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"name\":{}}",
        ],
        words: [
            "\r\n", "\r", "\n", "\r\n\r\n", "\0", " ", "\t", ":", ",", ";", "%", "%2f", "%00", "#", "?", "//", "/../",
            "@", "[", "]",
            "\"", "\\", "0", "-1", "+1", "9223372036854775807", "ffffffffffffffff", "65536", "é", "HTTP/1.0",
            "HTTP/2.0", "HEAD ",
            "Host: b\r\n", "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Transfer-Encoding: chunked\r\n",
            "Connection: close\r\n", "Expect: 100-continue\r\n", "Origin: null\r\n", "0\r\n\r\n", "5\r\nabcde\r\n",
            "http://", "*", get,
        ])

    static let texts = Mutator(
        [
            "{}", "[]", "null", "\"\"", "0", "-0.0e-0", #"{"a":1,"b":[true,false,null],"c":{"d":"e"}}"#,
            #"[1.5e300,1E+2,-1,0]"#,
            #""\u0041\ud83d\ude00\n\"\\\/""#, #"{"a":1,"a":2}"#, " [ 1 , 2 ] ",
            #"{"metadata":{"n":123456789012345678901234567890}}"#,
            "\"é€😀\"", String(repeating: "[", count: 70), #"["\ud800"]"#, #"{"":""}"#, "[1,]", "{\"a\"}", "truefalse",
            "\u{FEFF}{}",
        ],
        words: [
            "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\u0000", "e", "E+", "-", ".", "0",
            "00", "1e999",
            "true", "nul", "\0", "\u{1F}", "\u{7F}", "é", "😀", " ", "\n", "[[[[", "]]]]", #""a":"#,
            "9999999999999999999",
        ])
}
