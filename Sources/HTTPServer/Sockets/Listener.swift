import CLinux
import Glibc

/// A listening socket, shared by all loops of a server.
struct Listener: ~Copyable, Sendable {
    let socket: Descriptor
    let host: String
    let port: Int

    /// Binds and listens at once, so that a port in use is known before anything else starts.
    init(host: String, port: Int) throws(ServerError) {
        guard let address = SocketAddress(host: host, port: port) else { throw .address(host: host, port: port) }
        do {
            socket = try Self.open(address)
        } catch {
            throw .listen(host: host, port: port, error)
        }
        var bound = SocketAddress()
        let number = socket.number
        _ = systemCall { unsafe bound.withPointer { unsafe getsockname(number, $0, $1) } }
        self.host = bound.host
        self.port = bound.port
    }

    private static func open(_ address: SocketAddress) throws(SystemError) -> Descriptor {
        var address = address
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        let family = address.family
        let number = Int32(try throwingSystemCall { Glibc.socket(family, type, 0) })
        let socket = Descriptor(owning: number)
        // A restart must not wait for the last run's connections to be forgotten.
        try Socket.setOption(number, SOL_SOCKET, SO_REUSEADDR, 1)
        // Accepted sockets inherit it: every answer is one write, so there is nothing to wait for (44 ms otherwise).
        try Socket.setOption(number, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        if address.isIPv6 { try Socket.setOption(number, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0) }
        try throwingSystemCall { unsafe address.withPointer { unsafe bind(number, $0, $1.pointee) } }
        try throwingSystemCall { listen(number, 4096) }
        return socket
    }

    /// Stops listening while loops may still hold the number: later connections are refused by the kernel.
    func stop() {
        _ = systemCall { shutdown(socket.number, Int32(SHUT_RDWR)) }
    }

    /// Takes one connection from the kernel's queue.
    static func accept(_ number: Int32, peer: inout SocketAddress) -> CallResult {
        systemCall {
            unsafe peer.withPointer {
                unsafe clinux_accept4(number, $0, $1, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
            }
        }
    }
}
