import Glibc

/// An IPv4 or IPv6 address with a port, in the kernel's form.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length: socklen_t

    /// What the kernel fills in.
    init() {
        length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    }

    /// Reads a literal; no name is looked up but `localhost`, which is 127.0.0.1.
    init?(host: String, port: Int) {
        guard let port = UInt16(exactly: port) else { return nil }
        let host = host == "localhost" ? "127.0.0.1" : host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        var four = sockaddr_in()
        if unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            unsafe withUnsafeMutableBytes(of: &storage) { storage in
                unsafe withUnsafeBytes(of: &four) { unsafe storage.copyMemory(from: $0) }
            }
            return
        }
        var six = sockaddr_in6()
        guard unsafe inet_pton(AF_INET6, host, &six.sin6_addr) == 1 else { return nil }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            unsafe withUnsafeBytes(of: &six) { unsafe storage.copyMemory(from: $0) }
        }
    }

    /// Takes the 4 or 16 bytes of an address.
    init(bytes: [UInt8]) {
        self.init()
        let isSix = bytes.count == 16
        storage.ss_family = sa_family_t(isSix ? AF_INET6 : AF_INET)
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            for (index, byte) in bytes.prefix(16).enumerated() { unsafe storage[(isSix ? 8 : 4) + index] = byte }
        }
    }

    var family: Int32 { Int32(storage.ss_family) }
    var isIPv6: Bool { family == AF_INET6 }

    /// The bytes of the address: 4 or 16.
    private var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: storage) { storage in
            unsafe Array(isIPv6 ? storage[8..<24] : storage[4..<8])
        }
    }

    /// The port, which both families keep at the same place, in network order.
    var port: Int {
        unsafe withUnsafeBytes(of: storage) { unsafe Int($0[2]) << 8 | Int($0[3]) }
    }

    /// The address as text, an IPv6 one without brackets.
    var host: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let bytes = bytes
        let done = unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil
        return done ? String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self) : ""
    }

    /// Whether only this machine can have this address: 127.0.0.0/8, ::1, or the former written as IPv6.
    var isLoopback: Bool {
        let bytes = bytes
        if !isIPv6 { return bytes[0] == 127 }
        return bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1 || bytes.starts(with: Self.mapped + [127])
    }

    /// Whether it is of a network that is not the Internet's: 10/8, 172.16/12, 192.168/16 (RFC 1918) and fc00::/7
    /// (RFC 4193), the former also written as IPv6.
    ///
    /// Not 169.254/16, where clouds keep secrets.
    var isPrivate: Bool {
        let bytes = bytes
        let four = bytes.count == 16 && bytes.starts(with: Self.mapped) ? Array(bytes[12...]) : bytes
        guard four.count == 4 else { return bytes[0] & 0xFE == 0xFC }
        return four[0] == 10 || four[0] == 172 && four[1] & 0xF0 == 16 || four[0] == 192 && four[1] == 168
    }

    /// What stands before an IPv4 address that is written as IPv6 (RFC 4291 2.5.5.2).
    private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]

    /// Lends the address to a system call that reads it, or fills it in.
    mutating func withPointer<Result>(
        _ body: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Result
    ) -> Result {
        unsafe withUnsafeMutablePointer(to: &length) { length in
            unsafe withUnsafeMutablePointer(to: &storage) { storage in
                unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, length) }
            }
        }
    }
}
