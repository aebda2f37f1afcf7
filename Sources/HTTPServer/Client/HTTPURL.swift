/// A URL such as `http://127.0.0.1:3000/hook?a=b`, taken apart (RFC 3986 3); only http, because there is no TLS here.
package struct HTTPURL: Sendable, Equatable {
    /// The host in lower case, an IPv6 address without its brackets.
    package let host: String
    /// The port; 80 where none is named.
    package let port: Int
    /// What a request line names: the path with the query, `/` where there is none.
    package let target: String
    /// The host and port as they were written, for `Host`.
    package let authority: String

    /// Reads one; nil for any other text, and for one with a user or a fragment.
    package init?(_ text: String) {
        let scheme = "http://"
        guard text.utf8.count <= 2048, text.lowercased().hasPrefix(scheme),
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest[authority.endIndex...]
        target = path.hasPrefix("/") ? String(path) : "/\(path)"
        // The parser of requests knows what an authority and a target are (RFC 9112 3.2, RFC 3986 3.2.2).
        guard let request = try? Request.make(.get, target, fields: [("Host", String(authority))]),
            !request.target.host.isEmpty, request.target.port != 0
        else { return nil }
        let host = request.target.host
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = request.target.port ?? 80
        self.authority = String(authority)
    }
}
