/// The addresses of hosts, as far as they can be known without the C library's resolver, which cannot be part of a
/// binary that needs no other file.
package enum HostAddress {
    /// Whether a text is an IPv4 or IPv6 address, without brackets.
    package static func isAddress(_ text: String) -> Bool {
        !text.hasPrefix("[") && text != "localhost" && SocketAddress(host: text, port: 0) != nil
    }

    /// Whether an address is this machine's own or of a private network.
    package static func isNear(_ address: String) -> Bool {
        SocketAddress(host: address, port: 0).map { $0.isLoopback || $0.isPrivate } ?? false
    }

    /// The addresses of a host: of itself, of `localhost` and what is under it (RFC 6761 6.3), of a name that the hosts
    /// file has (hosts(5)), or of one that a name server knows; none for another.
    ///
    /// Waits for name servers a second each.
    package static func addresses(of host: String) -> [String] {
        if isAddress(host) { return [host] }
        if host == "localhost" || host.hasSuffix(".localhost") { return ["127.0.0.1", "::1"] }
        let listed = addresses(of: host, in: SystemFile.text("/etc/hosts"))
        if !listed.isEmpty { return listed }
        for server in NameServer.configured(in: SystemFile.text("/etc/resolv.conf")) {
            guard let four = server.addresses(of: host, .four, milliseconds: 1000) else { continue }
            return four.isEmpty ? server.addresses(of: host, .six, milliseconds: 1000) ?? [] : four
        }
        return []
    }

    /// The addresses that a hosts file gives a name.
    static func addresses(of host: String, in file: String) -> [String] {
        file.split(separator: "\n").compactMap { line in
            let words = line.prefix { $0 != "#" }.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard let address = words.first.map(String.init), isAddress(address),
                words.dropFirst().contains(where: { $0.lowercased() == host })
            else { return nil }
            return address
        }
    }

    /// An address of 4 or 16 bytes as text.
    static func text(_ bytes: [UInt8]) -> String {
        SocketAddress(bytes: bytes).host
    }
}
