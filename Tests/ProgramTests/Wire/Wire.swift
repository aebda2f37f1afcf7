import Foundation
import Testing

/// Holds a running server to what it must answer to bytes that are sent as they are.
///
/// Every row is a connection of its own: the bytes, then at once a good request, in one piece. What is expected is the
/// statuses of the answers, `200h` for one to HEAD, and `end` where the server must close. Then the good request must
/// have no answer, because it stands where smuggled bytes would; without `end` it must have its own.
final class Wire {
    let server: RunningServer
    static let next = "GET /healthz?next HTTP/1.1\r\nHost: a\r\n\r\n"

    init() throws {
        server = try RunningServer(["--log", "off"])
    }

    /// Runs a table; `wire` makes the bytes of a row from its first column.
    func check(_ rows: [(String, String)], _ wire: (String) -> String = { $0 }) {
        for (part, expected) in rows {
            let sent = wire(part)
            let fault: String?
            do {
                fault = try self.fault(Array(sent.utf8), expected)
            } catch {
                fault = "\(error)"
            }
            if let fault { Issue.record("\(String(sent.prefix(300)).debugDescription): \(fault)") }
        }
        #expect(server.isRunning)
    }

    /// Says what is wrong with the answers to some bytes.
    private func fault(_ sent: [UInt8], _ expected: String) throws -> String? {
        var words = expected.split(separator: " ").map(String.init)
        let ends = words.last == "end"
        if ends { words.removeLast() } else { words.append("200") }
        let connection = try Connection(port: server.port)
        try connection.send(sent + Array(Self.next.utf8))
        // A server that waits for more where it should refuse must not be helped along.
        if !ends { connection.finishSending() }
        let received = try connection.receiveToEnd()
        let answers = try StrictAnswer.all(in: received, isHead: words.map { $0.hasSuffix("h") })
        let statuses = answers.map(\.status)
        guard statuses == words.map({ Int($0.prefix(3)) ?? 0 }) else { return "expected \(expected), not \(statuses)" }
        for (index, answer) in answers.enumerated() {
            if let fault = answer.fault(isLast: ends && index == answers.count - 1) { return fault }
        }
        return nil
    }
}

/// An answer, read by the grammar of RFC 9112 and with no leniency.
struct StrictAnswer {
    let status: Int
    let fields: [(name: String, value: String)]
    let content: [UInt8]

    /// Reads one answer after the other, up to the last byte.
    static func all(in bytes: [UInt8], isHead: [Bool] = []) throws -> [StrictAnswer] {
        var answers: [StrictAnswer] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let isHead = answers.count < isHead.count && isHead[answers.count]
            answers.append(try StrictAnswer(&rest, isHead: isHead))
        }
        return answers
    }

    private init(_ rest: inout ArraySlice<UInt8>, isHead: Bool) throws {
        guard let end = rest.firstRange(of: Array("\r\n\r\n".utf8)) else { throw Malformed("no end of fields") }
        var lines = String(decoding: rest[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        rest = rest[end.upperBound...]
        let first = lines.removeFirst()
        guard let match = first.wholeMatch(of: /HTTP\/1\.1 ([1-5]\d\d) [ -~]*/), let status = Int(match.1) else {
            throw Malformed(first)
        }
        self.status = status
        fields = try lines.map { line in
            guard let match = line.wholeMatch(of: /([!#$%&'*+.^_`|~0-9A-Za-z-]+): ([ -~]*)/) else {
                throw Malformed(line)
            }
            return (match.1.lowercased(), String(match.2))
        }
        let lengths = fields.filter { $0.name == "content-length" }
        if status == 100 || status == 204 || status == 304 {
            guard lengths.isEmpty else { throw Malformed("\(status) with a length") }
            content = []
            return
        }
        guard lengths.count == 1, let length = Int(lengths[0].value) else { throw Malformed("not one length") }
        guard isHead || rest.count >= length else { throw Malformed("content is cut off") }
        content = isHead ? [] : Array(rest.prefix(length))
        if !isHead { rest = rest.dropFirst(length) }
    }

    func values(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Says which rule for every answer this one breaks.
    func fault(isLast: Bool) -> String? {
        if status == 100 { return nil }
        let date = values("date")
        guard date.count == 1, date[0].wholeMatch(of: /\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT/) != nil else {
            return "\(status) has no date"
        }
        guard values("connection").contains("close") == isLast else {
            return "\(status) says \(values("connection")) of the connection"
        }
        if status == 405, values("allow").isEmpty { return "405 has no Allow" }
        guard status >= 400, !content.isEmpty else { return nil }
        return (try? JSONSerialization.jsonObject(with: Data(content))) == nil ? "\(status) has no JSON" : nil
    }
}

/// An answer that is none.
struct Malformed: Error {
    let what: String

    init(_ what: String) {
        self.what = what
    }
}
