/// Why a server could not be set up.
package enum ServerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The host is no IPv4 or IPv6 literal and not `localhost`, or the port is not in 0...65535.
    case address(host: String, port: Int)
    /// The address could not be listened on: it is in use, not this machine's, or not allowed.
    case listen(host: String, port: Int, SystemError)
    /// The system gave no epoll instance, event counter or thread.
    case resources(SystemError)

    /// One sentence for whoever started the server.
    package var description: String {
        switch self {
        case .address(let host, let port):
            "cannot listen on \(host) port \(port): give an IPv4 or IPv6 address or localhost, and a port up to 65535"
        case .listen(let host, let port, let error): "cannot listen on \(host) port \(port): \(error)"
        case .resources(let error): "cannot set up the event loop: \(error)"
        }
    }
}
