/// Writes answers: status line, Date, Content-Length, Connection where it must be said, the handler's fields, body.
package enum ResponseEncoder {
    /// What of the request its answer depends on.
    package struct Context: Sendable {
        /// RFC 9110 9.3.2: an answer to HEAD has the fields of GET's and no content.
        let isHead: Bool
        let persistence: Persistence

        /// Takes the strictest case for what is left out: GET, and the connection closes.
        package init(isHead: Bool = false, persistence: Persistence = .closed) {
            self.isHead = isHead
            self.persistence = persistence
        }
    }

    /// RFC 9110 15.2.1.
    static let continueLine = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    /// Appends the answer, whole and with nothing that its status or method does not allow.
    package static func append(_ response: Response, _ context: Context, date: [UInt8], to output: inout [UInt8]) {
        let code = response.status.code
        let hasContent = code != 204 && code != 304
        output.append(contentsOf: "HTTP/1.1 ".utf8)
        output.append(UInt8(truncatingIfNeeded: 0x30 + code / 100))
        output.append(UInt8(truncatingIfNeeded: 0x30 + code / 10 % 10))
        output.append(UInt8(truncatingIfNeeded: 0x30 + code % 10))
        output.append(0x20)
        output.append(contentsOf: response.status.reason.utf8)
        output.append(contentsOf: "\r\n".utf8)
        output.append(contentsOf: response.date.map(DateCache.line) ?? date)
        // RFC 9110 8.6: never with 204; with 304 it would have to be the length that 200 would have had, so it is
        // left out.
        if hasContent {
            output.append(contentsOf: "Content-Length: ".utf8)
            appendDecimal(response.body.count, to: &output)
            output.append(contentsOf: "\r\n".utf8)
        }
        switch context.persistence {
        case .kept: break
        case .keptAndSaid: output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        case .closed: output.append(contentsOf: "Connection: close\r\n".utf8)
        }
        output.append(contentsOf: response.fields.bytes)
        output.append(contentsOf: "\r\n".utf8)
        if hasContent, !context.isHead {
            output.append(contentsOf: response.body)
        }
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
