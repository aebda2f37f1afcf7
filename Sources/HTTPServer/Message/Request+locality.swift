extension Request {
    /// Whether this request can only have come from somebody on this machine who meant it.
    ///
    /// The peer is a loopback address, the authority is a local name and `Origin`, where there is one, is a local
    /// page: a web page elsewhere that reaches the port by DNS rebinding, or by a plain cross-site request, has
    /// none of the latter two.
    package var isLocal: Bool {
        guard isLocalPeer, Self.isLocal(host: target.host) else { return false }
        guard let origin = fields[.origin] else { return true }
        // RFC 6454 7.1: an opaque origin is `null`, which says nothing about where it is from.
        guard let scheme = ["http://", "https://"].first(where: { origin.hasPrefix($0) }),
            let page = try? Request.make(.get, "/", fields: [("Host", String(origin.dropFirst(scheme.count)))])
        else { return false }
        return Self.isLocal(host: page.target.host)
    }

    /// `localhost`, any name under it (RFC 6761 6.3), 127.0.0.0/8 and ::1.
    private static func isLocal(host: String) -> Bool {
        if host == "localhost" || host.hasSuffix(".localhost") { return true }
        return SocketAddress(host: host, port: 0)?.isLoopback ?? false
    }
}
