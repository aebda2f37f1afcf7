/// A complete request, as the handler gets it.
package struct Request: Sendable {
    let head: RequestHead
    /// The content, decoded from its framing.
    package var body: RequestBody
    /// Whether the other end of the connection is a loopback address; true for requests made in process.
    package var isLocalPeer = true

    /// The method, known or not.
    package var method: Method { head.method }
    /// What the request is for.
    package var target: RequestTarget { RequestTarget(head: head) }
    /// The version that the client speaks: 1.0 or 1.1 (1.2 and up in major version 1 are served as 1.1, RFC 9110
    /// 2.5).
    package var version: HTTPVersion { head.line.version }
    /// The fields in the order received; never the trailers.
    package var fields: RequestFields { RequestFields(head: head) }

    /// What becomes of the connection: what the client wants, unless content was not read, because nothing that
    /// follows can be told from it (RFC 9112 9.6).
    package var persistence: Persistence {
        if case .tooLarge = body { return .closed }
        return head.persistence
    }
}

extension Request {
    /// The head as it was received, up to its empty line.
    package var headBytes: [UInt8] { head.bytes }

    /// Makes a request anew from what was kept of it; nil where `headBytes` is not what a request's was.
    package init?(headBytes: [UInt8], body: RequestBody, isLocalPeer: Bool) {
        var parser = HeadParser()
        guard (try? parser.advance(headBytes.span, limits: .none)) == headBytes.count,
            let head = try? RequestHead(headBytes, parser)
        else { return nil }
        self.init(head: head, body: body, isLocalPeer: isLocalPeer)
    }
}

/// The content of a request (RFC 9112 6.3).
package enum RequestBody: Sendable, Equatable {
    /// Neither Content-Length nor Transfer-Encoding was received: there is no content.
    case none
    /// The content, which `Content-Length: 0` and a lone last chunk make empty.
    case bytes([UInt8])
    /// The content was declared to be, or grew, larger than `Limits.body` and was not read; the connection will
    /// close.
    case tooLarge
}

/// What becomes of a connection after an answer (RFC 9112 9.3).
package enum Persistence: Sendable, Equatable {
    /// It stays open, which HTTP/1.1 takes for granted.
    case kept
    /// It stays open because an HTTP/1.0 client asked for it, and the answer must say so.
    case keptAndSaid
    /// It closes.
    case closed
}
