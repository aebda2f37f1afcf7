import Glibc
import HTTPServer

/// A plain blocking client on a loopback socket, which waits a minute at most for anything.
final class Client {
    private let number: Int32
    private var received: [UInt8] = []

    /// Connects, with a small receive buffer where a slow reader is wanted.
    convenience init(_ server: Server, receiveBuffer: Int32? = nil, seconds: Int = 60) throws {
        try self.init(receiveBuffer: receiveBuffer, seconds: seconds)
        try connect(to: server)
    }

    /// Makes the socket only.
    init(receiveBuffer: Int32? = nil, seconds: Int = 60) throws {
        number = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw ClientError.noSocket(errno) }
        var time = timeval(tv_sec: seconds, tv_usec: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        // Each part that is sent is to reach the server by itself, and at once: not when the one before is acknowledged.
        var noDelay: Int32 = 1
        unsafe setsockopt(
            number, Int32(IPPROTO_TCP), TCP_NODELAY, &noDelay, socklen_t(MemoryLayout<Int32>.size))
        if var size = receiveBuffer {
            unsafe setsockopt(number, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        }
    }

    func connect(to server: Server) throws {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(server.address.port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(number, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw ClientError.notConnected(errno) }
    }

    deinit { close(number) }

    func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends everything, or as much as a server that has closed lets it: then false.
    @discardableResult
    func send(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe Glibc.send(
                    number, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            start += count
        }
        return true
    }

    func finishSending() { shutdown(number, Int32(SHUT_WR)) }

    /// Closes with a reset instead of an orderly end.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    enum End { case closed, reset, timeout }

    /// Reads until the server closes.
    func readToEnd() -> (text: String, end: End) {
        while true {
            switch readMore() {
            case .some(let end):
                defer { received = [] }
                return (String(decoding: received, as: UTF8.self), end)
            case nil: continue
            }
        }
    }

    /// Reads until the bytes so far have `marker` and returns them up to its end.
    func read(through marker: String) -> String? {
        let marker = Array(marker.utf8)
        while true {
            if let range = received.firstRange(of: marker) {
                defer { received.removeSubrange(..<range.upperBound) }
                return String(decoding: received[..<range.upperBound], as: UTF8.self)
            }
            if readMore() != nil { return nil }
        }
    }

    /// Reads one answer, or nil where the connection ends first.
    func answer(isHead: Bool = false) -> Answer? {
        guard let head = read(through: "\r\n\r\n") else { return nil }
        let answer = Answer(head: head)
        guard !isHead, let length = answer["content-length"].flatMap({ Int($0) }) else { return answer }
        while received.count < length {
            if readMore() != nil { return nil }
        }
        defer { received.removeFirst(length) }
        return Answer(head: head, body: String(decoding: received[..<length], as: UTF8.self))
    }

    private func readMore() -> End? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = unsafe recv(number, &buffer, buffer.count, 0)
        if count > 0 {
            received += buffer[..<count]
            return nil
        }
        return count == 0 ? .closed : errno == EAGAIN ? .timeout : .reset
    }
}

enum ClientError: Error { case noSocket(Int32), notConnected(Int32) }

/// An answer as it came over the wire.
struct Answer {
    let head: String
    var body = ""

    var status: Int { Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0 }

    subscript(name: String) -> String? {
        for line in head.split(separator: "\r\n").dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0].lowercased() == name {
                return String(parts[1].drop { $0 == " " })
            }
        }
        return nil
    }
}

/// Answers with method, path and content of the request.
struct Echo: RequestHandler {
    var refusalBeforeBody: Response?
    var respond: @Sendable (Request) -> Response = { request in
        var text = "\(request.method) \(request.target.path)"
        switch request.body {
        case .none: break
        case .bytes(let bytes): text += " " + String(decoding: bytes, as: UTF8.self)
        case .tooLarge: return Response(.contentTooLarge)
        }
        return Response(.ok, body: Array(text.utf8))
    }

    func respond(to requests: [Request]) -> [Response] { requests.map(respond) }

    func refusal(beforeBodyOf request: Request) -> Response? { refusalBeforeBody }
}

/// Runs `body` against a server on a free port, then stops it.
func withServer(
    _ handler: any RequestHandler = Echo(), limits: Limits = Limits(), loops: Int = 1, _ body: (Server) throws -> Void
) throws {
    let server = try Server(port: 0, loops: loops, limits: limits, handler: handler)
    server.start()
    defer { server.stop() }
    try body(server)
}
