/// Writes answers: status line, Date, Content-Length, Connection where it must be said, the handler's fields, body.
package enum ResponseEncoder {
    /// What of the request its answer depends on.
    package struct Context: Sendable {
        /// RFC 9110 9.3.2: an answer to HEAD has the fields of GET's and no content.
        let isHead: Bool
        let persistence: Persistence
        /// How the client knows where the content ends.
        var framing = Framing.length

        /// Takes the strictest case for what is left out: GET, and the connection closes.
        package init(isHead: Bool = false, persistence: Persistence = .closed) {
            self.isHead = isHead
            self.persistence = persistence
        }

        init(persistence: Persistence, framing: Framing) {
            self.init(persistence: persistence)
            self.framing = framing
        }
    }

    /// Where content ends (RFC 9112 6.3).
    enum Framing: Sendable {
        /// After the bytes that Content-Length counts.
        case length
        /// With a chunk of no bytes.
        case chunked
        /// With the connection.
        case untilClose
    }

    /// RFC 9112 7.1: no trailers follow.
    static let lastChunk = Array("0\r\n\r\n".utf8)

    /// RFC 9110 15.2.1.
    static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// Appends the answer, whole and with nothing that its status or method does not allow.
    package static func append(_ response: Response, _ context: Context, date: [UInt8], to output: inout [UInt8]) {
        let code = response.status.code
        let hasContent = response.status.allowsContent
        output.append(contentsOf: "HTTP/1.1 ".utf8)
        output.append(UInt8(truncatingIfNeeded: 0x30 + code / 100))
        output.append(UInt8(truncatingIfNeeded: 0x30 + code / 10 % 10))
        output.append(UInt8(truncatingIfNeeded: 0x30 + code % 10))
        output.append(0x20)
        output.append(contentsOf: response.status.reason.utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: response.date.map(DateCache.line) ?? date)
        // RFC 9110 8.6: never with 204; with 304 it would have to be the length that 200 would have had, so it is
        // left out. 205 has no content, but only its length says so.
        if code == 205 {
            output.append(contentsOf: "Content-Length: 0\r\n".utf8)
        } else if hasContent {
            switch context.framing {
            case .length:
                output.append(contentsOf: "Content-Length: ".utf8)
                appendDecimal(response.body.count, to: &output)
                output.append(contentsOf: "\r\n".utf8)
            case .chunked: output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
            case .untilClose: break
            }
        }
        switch context.persistence {
        case .kept: break
        case .keptAndSaid: output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        case .closed: output.append(contentsOf: "Connection: close\r\n".utf8)
        }
        output.append(contentsOf: response.fields.bytes)
        output.append(contentsOf: "\r\n".utf8)
        if hasContent, !context.isHead {
            append(content: response.body, context.framing, to: &output)
        }
    }

    /// Appends some of the content; as one chunk, where it goes in chunks.
    static func append(content: [UInt8], _ framing: Framing, to output: inout [UInt8]) {
        guard framing == .chunked else { return output.append(contentsOf: content) }
        // A chunk of no bytes would be the last.
        guard !content.isEmpty else { return }
        output.append(contentsOf: String(content.count, radix: 16).utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: content)
        output.append(contentsOf: "\r\n".utf8)
    }

    private static func appendDecimal(_ value: Int, to output: inout [UInt8]) {
        var divisor = 1
        while value / divisor >= 10 { divisor *= 10 }
        while divisor > 0 {
            output.append(UInt8(truncatingIfNeeded: 0x30 + value / divisor % 10))
            divisor /= 10
        }
    }
}
