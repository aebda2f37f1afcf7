import Foundation

/// One TCP connection to 127.0.0.1; no step of it takes longer than half a minute.
final class Connection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Broken(at: "connect", errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends bytes as they are.
    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    /// Sends bytes as they are.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Broken(at: "send", errno) }
            sent += count
        }
    }

    /// Sends one request; `Host` and `Content-Length` are added where they are missing.
    func send(_ method: String, _ path: String, _ fields: [(String, String)] = [], body: String? = nil) throws {
        var head = "\(method) \(path) HTTP/1.1\r\n"
        let names = fields.map { $0.0.lowercased() }
        if !names.contains("host") { head += "Host: 127.0.0.1\r\n" }
        for (name, value) in fields { head += "\(name): \(value)\r\n" }
        if let body, !names.contains("content-length") { head += "Content-Length: \(body.utf8.count)\r\n" }
        try send(head + "\r\n" + (body ?? ""))
    }

    /// Reads one answer.
    func receive() throws -> WireAnswer {
        while true {
            if let end = firstEmptyLine {
                let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
                guard lines[0].hasPrefix("HTTP/1.1 "), let status = Int(lines[0].dropFirst(9).prefix(3)) else {
                    throw Broken(at: lines[0], 0)
                }
                let fields = lines.dropFirst().map { line in
                    let colon = line.firstIndex(of: ":") ?? line.endIndex
                    return (
                        line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces)
                    )
                }
                buffer.removeFirst(end + 4)
                let length = fields.first { $0.0 == "content-length" }.flatMap { Int($0.1) } ?? 0
                while buffer.count < length { try readMore() }
                defer { buffer.removeFirst(length) }
                return WireAnswer(
                    status: status, fields: fields, text: String(decoding: buffer[..<length], as: UTF8.self))
            }
            try readMore()
        }
    }

    /// Reads until the bytes so far have a text, and returns them up to its end.
    func read(through marker: String) throws -> String {
        let marker = Array(marker.utf8)
        while true {
            if let range = buffer.firstRange(of: marker) {
                defer { buffer.removeSubrange(..<range.upperBound) }
                return String(decoding: buffer[..<range.upperBound], as: UTF8.self)
            }
            try readMore()
        }
    }

    /// Says that nothing more is sent; answers still come.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads until the server closes; a reset, or half a minute of silence, is an error.
    func receiveToEnd() throws -> [UInt8] {
        while true {
            do {
                try readMore()
            } catch let broken as Broken where broken.number == 0 {
                defer { buffer = [] }
                return buffer
            }
        }
    }

    /// Whether the server closes the connection without sending anything more.
    func isClosed() -> Bool {
        do {
            try readMore()
            return false
        } catch {
            return (error as? Broken)?.number != EAGAIN && buffer.isEmpty
        }
    }

    private var firstEmptyLine: Int? {
        guard buffer.count >= 4 else { return nil }
        return (0...(buffer.count - 4)).first {
            buffer[$0] == 13 && buffer[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10])
        }
    }

    private func readMore() throws {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Broken(at: "receive", count == 0 ? 0 : errno) }
        buffer += bytes[..<count]
    }
}

/// An answer as it came over the wire.
struct WireAnswer {
    let status: Int
    /// Names in lower case, in the order received.
    let fields: [(name: String, value: String)]
    let text: String

    /// The value of a field, or nil.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The body as Foundation reads it.
    var json: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:]
    }
}

/// A connection that failed; the number is zero when the other side closed it.
struct Broken: Error {
    let step: String
    let number: Int32

    init(at step: String, _ number: Int32) {
        self.step = step
        self.number = number
    }
}

/// Runs some blocking work on threads of its own, side by side, and waits for all of it.
func sideBySide(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
    let group = DispatchGroup()
    for index in 0..<count {
        group.enter()
        Thread.detachNewThread {
            work(index)
            group.leave()
        }
    }
    group.wait()
}
