import Glibc

/// As much of an HTTP client as asking for a status takes.
enum Client {
    /// Sends a GET and reads the status code of the answer.
    ///
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address.
    ///   - deadline: when to give up, by ``now``.
    static func status(of path: String, host: String, port: Int, until deadline: Int) throws(ClientError) -> Int {
        let descriptor = try connect(host, port, deadline)
        defer { close(descriptor) }
        let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let request = Array("GET \(path) HTTP/1.1\r\nHost: \(authority)\r\nConnection: close\r\n\r\n".utf8)
        let sent = unsafe request.withUnsafeBytes {
            unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent == request.count else { throw ClientError() }
        var answer = [UInt8](repeating: 0, count: 12)
        var length = 0
        while length < answer.count {
            limit(descriptor, deadline)
            let count = unsafe answer.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress! + length, $0.count - length, 0)
            }
            guard count > 0 else { throw count == 0 ? ClientError(message: "it closed the connection") : ClientError() }
            length += count
        }
        guard answer.starts(with: Array("HTTP/1.1 ".utf8)),
            let status = Int(String(decoding: answer[9...], as: UTF8.self))
        else {
            throw ClientError(message: "it does not speak HTTP/1.1")
        }
        return status
    }

    /// Milliseconds of a clock that nobody sets.
    static var now: Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Tells whether a text is an IPv4 or IPv6 address, without brackets.
    static func isAddress(_ text: String) -> Bool {
        var four = in_addr()
        var six = in6_addr()
        return unsafe inet_pton(AF_INET, text, &four) == 1 || inet_pton(AF_INET6, text, &six) == 1
    }

    /// Lets no later call on a socket take longer than there is time.
    private static func limit(_ descriptor: Int32, _ deadline: Int) {
        // A time of nothing would mean for ever.
        let left = max(1, deadline - now)
        var limit = timeval(tv_sec: left / 1000, tv_usec: left % 1000 * 1000)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    private static func connect(_ host: String, _ port: Int, _ deadline: Int) throws(ClientError) -> Int32 {
        var four = sockaddr_in()
        four.sin_family = sa_family_t(AF_INET)
        four.sin_port = in_port_t(port).bigEndian
        var six = sockaddr_in6()
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = in_port_t(port).bigEndian
        let isFour = unsafe inet_pton(AF_INET, host, &four.sin_addr) == 1
        let isSix = unsafe inet_pton(AF_INET6, host, &six.sin6_addr) == 1
        guard isFour || isSix else {
            throw ClientError(message: "'\(host)' is no IP address")
        }
        let descriptor = socket(isFour ? AF_INET : AF_INET6, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw ClientError() }
        limit(descriptor, deadline)
        let result =
            isFour
            ? unsafe withUnsafeBytes(of: &four) { unsafe connect(descriptor, $0) }
            : unsafe withUnsafeBytes(of: &six) { unsafe connect(descriptor, $0) }
        guard result == 0 else {
            let error = ClientError()
            close(descriptor)
            throw error
        }
        return descriptor
    }

    private static func connect(_ descriptor: Int32, _ address: UnsafeRawBufferPointer) -> Int32 {
        unsafe Glibc.connect(
            descriptor, address.baseAddress!.assumingMemoryBound(to: sockaddr.self), socklen_t(address.count))
    }
}

/// Why nothing was learnt of a server.
struct ClientError: Error {
    let message: String

    init(message: String) {
        self.message = message
    }

    /// Takes the words of the system call that just failed.
    init() {
        message =
            unsafe errno == EAGAIN || errno == EINPROGRESS
            ? "it did not answer in time" : String(cString: strerror(errno))
    }
}
