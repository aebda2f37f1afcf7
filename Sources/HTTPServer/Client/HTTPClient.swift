import Glibc

/// As much of an HTTP/1.1 client as talking to a program nearby takes: one request a connection, bounded in time and in
/// bytes, on the thread that asks.
package enum HTTPClient {
    /// Sends a request and reads the answer, or as much of it as is read at most.
    ///
    /// - Parameters:
    ///   - fields: further ones than `Host`, `Content-Length` and `Connection`.
    ///   - address: an IPv4 or IPv6 address, without brackets.
    ///   - authority: what `Host` says; nil for the address and the port.
    ///   - maximum: the most bytes of an answer that are read.
    ///   - deadline: when to give up, by ``now``.
    /// - Throws: `HTTPClientError` when there is no status by then.
    package static func send(
        _ method: Method, _ path: String, fields: [(String, String)] = [], body: [UInt8] = [], to address: String,
        port: Int, authority: String? = nil, atMost maximum: Int = 65_536, until deadline: Int
    ) throws(HTTPClientError) -> HTTPClientAnswer {
        let host = authority ?? (address.contains(":") ? "[\(address)]:\(port)" : "\(address):\(port)")
        var all = [("Host", host)] + fields
        if method != .get { all.append(("Content-Length", String(body.count))) }
        all.append(("Connection", "close"))
        let head = all.map { "\($0.0): \($0.1)\r\n" }.joined()
        let descriptor = try connect(address, port, deadline)
        try send(Array("\(method.name) \(path) HTTP/1.1\r\n\(head)\r\n".utf8) + body, on: descriptor, deadline)
        return try receive(descriptor, maximum, deadline)
    }

    /// Milliseconds of a clock that nobody sets.
    package static var now: Int { Int(SystemClock.monotonic / 1_000_000) }

    private static func send(
        _ bytes: [UInt8], on descriptor: borrowing Descriptor, _ deadline: Int
    ) throws(HTTPClientError) {
        var sent = 0
        while sent < bytes.count {
            try limit(descriptor.number, deadline)
            switch Socket.send(descriptor.number, bytes, from: sent) {
            case .value(let count): sent += count
            case .wouldBlock: throw .late
            // A server that refuses the content before its end has answered already.
            case .failure(let error) where error.number == EPIPE || error.number == ECONNRESET: return
            case .failure(let error): throw HTTPClientError(message: "\(error)")
            }
        }
    }

    /// Reads until the answer is whole, its bound is reached, or the server closes.
    private static func receive(
        _ descriptor: borrowing Descriptor, _ maximum: Int, _ deadline: Int
    ) throws(HTTPClientError) -> HTTPClientAnswer {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var bytes: [UInt8] = []
        // Looked at again when all that it lacks may be there: an answer of many parts is not read through at each.
        var enough = 1
        reading: while bytes.count < maximum {
            if bytes.count >= enough {
                let answer = HTTPClientAnswer(bytes)
                if let answer, answer.missing == 0 { return answer }
                enough = bytes.count + (answer?.missing ?? 1)
            }
            do throws(HTTPClientError) {
                try limit(descriptor.number, deadline)
                switch Socket.receive(descriptor.number, into: &buffer) {
                case .value(0): break reading
                case .value(let count): bytes += buffer[..<count]
                case .wouldBlock: throw .late
                case .failure(let error): throw HTTPClientError(message: "\(error)")
                }
            } catch {
                // What is missing is content, which nobody needs as much as the status.
                if let answer = HTTPClientAnswer(bytes) { return answer }
                throw error
            }
        }
        guard bytes.count >= 12 else { throw HTTPClientError(message: "it closed the connection") }
        guard let answer = HTTPClientAnswer(bytes) else { throw HTTPClientError(message: "it does not speak HTTP/1.1") }
        return answer
    }

    /// Lets no later call on a socket take longer than there is time.
    private static func limit(_ descriptor: Int32, _ deadline: Int) throws(HTTPClientError) {
        // A time of nothing would mean for ever.
        let left = deadline - now
        guard left > 0 else { throw .late }
        var limit = timeval(tv_sec: left / 1000, tv_usec: left % 1000 * 1000)
        let size = socklen_t(MemoryLayout<timeval>.size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
    }

    private static func connect(_ address: String, _ port: Int, _ deadline: Int) throws(HTTPClientError) -> Descriptor {
        guard var target = SocketAddress(host: address, port: port) else {
            throw HTTPClientError(message: "'\(address)' is no IP address")
        }
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        let family = target.family
        let number: Int32
        do {
            number = Int32(try throwingSystemCall { socket(family, type, 0) })
        } catch {
            throw HTTPClientError(message: "\(error)")
        }
        let descriptor = Descriptor(owning: number)
        // Tried even at the last moment: who is not there says so at once.
        try limit(number, max(deadline, now + 1))
        switch systemCall({ unsafe target.withPointer { unsafe Glibc.connect(number, $0, $1.pointee) } }) {
        case .value: return descriptor
        case .wouldBlock: throw .late
        case .failure(let error):
            // socket(7): so says connect when SO_SNDTIMEO has run out.
            throw error.number == EINPROGRESS ? .late : HTTPClientError(message: "\(error)", isUnreached: true)
        }
    }
}

/// What a server answered.
package struct HTTPClientAnswer: Sendable {
    /// The status code.
    package let status: Int
    /// The content as far as it was read, still in its chunks where it came in some.
    package let body: [UInt8]
    /// Whether nothing more belongs to it.
    package var isWhole: Bool { missing == 0 }
    /// Bytes that still belong to it; nil when nobody has said how many.
    let missing: Int?

    /// Reads what has come so far; nil without a status, and while only an interim answer is there (RFC 9110 15.2).
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12, bytes.starts(with: "HTTP/1.".utf8), bytes[8] == UInt8(ascii: " "),
            let status = Int(String(decoding: bytes[9..<12], as: UTF8.self)), status >= 100
        else { return nil }
        let end = bytes.indices.dropLast(3).first { bytes[$0...].starts(with: "\r\n\r\n".utf8) }.map { $0 + 4 }
        if status < 200 {
            guard let end, let next = HTTPClientAnswer(Array(bytes[end...])) else { return nil }
            self = next
            return
        }
        self.status = status
        guard let end else {
            body = []
            missing = nil
            return
        }
        let content = Array(bytes[end...])
        let lines = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).filter { $0 != " " }) }
        missing = status == 204 || status == 304 ? 0 : length.map { max(0, $0 - content.count) }
        body = content
    }
}

/// Why nothing was learnt of a server.
package struct HTTPClientError: Error, Sendable {
    /// The reason, as it can follow "no answer:".
    package let message: String
    /// Whether the server is not there at all, so that another address of it may be tried.
    package let isUnreached: Bool

    /// Says why.
    package init(message: String, isUnreached: Bool = false) {
        self.message = message
        self.isUnreached = isUnreached
    }

    static let late = HTTPClientError(message: "it did not answer in time")
}
