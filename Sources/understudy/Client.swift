import Glibc

/// As much of an HTTP client as asking for a status, and telling a server to do something, takes.
enum Client {
    /// Sends a GET and reads the status code of the answer.
    ///
    /// - Parameters:
    ///   - host: an IPv4 or IPv6 address.
    ///   - deadline: when to give up, by ``now``.
    static func status(of path: String, host: String, port: Int, until deadline: Int) throws(ClientError) -> Int {
        let descriptor = try send("GET", path, [], host, port, deadline)
        defer { close(descriptor) }
        return try status(receive(descriptor, bytes: 12, deadline))
    }

    /// Sends a request with content and reads the answer.
    static func ask(
        _ method: String, _ path: String, fields: [(String, String)], body: [UInt8], host: String, port: Int,
        until deadline: Int
    ) throws(ClientError) -> ClientAnswer {
        let length = [("Content-Length", "\(body.count)")]
        let descriptor = try send(method, path, fields + length, host, port, deadline, body: body)
        defer { close(descriptor) }
        let bytes = try receive(descriptor, bytes: maximumAnswer, deadline)
        let status = try status(bytes)
        guard let end = bytes.indices.dropLast(3).first(where: { bytes[$0..<($0 + 4)].elementsEqual("\r\n\r\n".utf8) })
        else { throw ClientError(message: "it closed the connection") }
        let answer = ClientAnswer(status: status, body: Array(bytes[(end + 4)...]))
        // A connection that broke ends like one that is closed.
        let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let declared = head.first { $0.hasPrefix("Content-Length: ") }.flatMap { Int($0.dropFirst(16)) }
        guard declared == nil || declared == answer.body.count else {
            throw ClientError(message: "its answer was cut short")
        }
        return answer
    }

    /// Bytes of the longest answer: the control plane exports at most 64 MiB.
    private static let maximumAnswer = 65 << 20

    /// Sends a request on a connection of its own, which the server closes after its answer.
    ///
    /// - Returns: the connection, which the caller closes.
    private static func send(
        _ method: String, _ path: String, _ fields: [(String, String)], _ host: String, _ port: Int, _ deadline: Int,
        body: [UInt8] = []
    ) throws(ClientError) -> Int32 {
        let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let all = [("Host", authority)] + fields + [("Connection", "close")]
        let head = all.map { "\($0.0): \($0.1)\r\n" }.joined()
        let request = Array("\(method) \(path) HTTP/1.1\r\n\(head)\r\n".utf8) + body
        let descriptor = try connect(host, port, deadline)
        var sent = 0
        while sent < request.count {
            limit(descriptor, deadline)
            let count = unsafe request.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress! + sent, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            // A server that refuses the content before its end has answered already.
            if count < 0, errno == EPIPE || errno == ECONNRESET { break }
            guard count > 0 else {
                let error = ClientError()
                close(descriptor)
                throw error
            }
            sent += count
        }
        return descriptor
    }

    /// Reads so many bytes, or up to the end when the server sends fewer.
    private static func receive(
        _ descriptor: Int32, bytes wanted: Int, _ deadline: Int
    ) throws(ClientError) -> [UInt8] {
        var answer: [UInt8] = []
        var part = [UInt8](repeating: 0, count: min(wanted, 65_536))
        while answer.count < wanted {
            limit(descriptor, deadline)
            let count = unsafe part.withUnsafeMutableBytes {
                unsafe recv(descriptor, $0.baseAddress, min($0.count, wanted - answer.count), 0)
            }
            guard count >= 0 else { throw ClientError() }
            if count == 0 { break }
            answer += part[..<count]
        }
        return answer
    }

    /// The status code in the first bytes of an answer.
    private static func status(_ answer: [UInt8]) throws(ClientError) -> Int {
        guard answer.count >= 12 else { throw ClientError(message: "it closed the connection") }
        guard answer.starts(with: "HTTP/1.1 ".utf8), let status = Int(String(decoding: answer[9..<12], as: UTF8.self))
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

/// What a server answered.
struct ClientAnswer {
    let status: Int
    let body: [UInt8]
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
