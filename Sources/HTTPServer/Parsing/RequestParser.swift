/// What the parser made of the bytes it was given.
package enum ParserEvent: Sendable {
    /// All bytes are taken and no request is complete.
    case needMore
    /// A request is complete. One that ends its connection is the last event.
    case request(Request)
    /// A head with `Expect: 100-continue` is complete and its content comes next. Given once, with the body empty.
    case continueExpected(Request)
    /// The bytes are no request that may be served. Always the last event.
    case refusal(Refusal)
}

/// A state machine from bytes to requests, with no socket in it (RFC 9112).
///
/// Takes each byte once and keeps only what an incomplete request needs. What comes out does not depend on how the
/// bytes were split. After a refusal, or a request that ends its connection, it takes no further byte.
package struct RequestParser: ~Copyable {
    /// Where in a message the parser is.
    package enum Phase: Equatable, Sendable {
        /// Between requests; an empty line before a request counts as nothing.
        case idle
        case head
        case body
        /// After the last event.
        case ended
    }

    private enum Content {
        case length(Int)
        case chunked(ChunkedDecoder)
    }

    package private(set) var phase = Phase.idle
    /// After a refusal: the request's method was HEAD, so that its answer has no content either.
    package private(set) var isHead = false
    /// Counts the requests that were begun, to tell one head from the next.
    package private(set) var begun = 0

    private let limits: Limits
    private var leading = LeadingLine()
    private var head = HeadParser()
    /// The bytes of an incomplete head.
    private var pending: [UInt8] = []
    private var draft: Request?
    private var content = Content.length(0)
    private var body: [UInt8] = []

    /// Begins between requests.
    package init(limits: Limits = Limits()) {
        self.limits = limits
    }

    /// Takes bytes from `input` at `offset` on until something is complete, and leaves `offset` after the last one
    /// taken.
    ///
    /// Call again with the same input until it says `needMore` or its last event.
    package mutating func next(_ input: Span<UInt8>, from offset: inout Int) -> ParserEvent {
        do {
            switch phase {
            case .idle:
                guard try leading.skip(input, &offset) else { return .needMore }
                phase = .head
                begun += 1
                return try continueHead(input, &offset)
            case .head: return try continueHead(input, &offset)
            case .body: return try continueBody(input, &offset)
            case .ended: return .needMore
            }
        } catch {
            end()
            return .refusal(error)
        }
    }

    /// Says what to answer a client that sends no more: nothing between requests, a refusal inside one (RFC 9112 8).
    package mutating func finish() -> Refusal? {
        switch phase {
        case .idle, .ended: return nil
        case .head, .body:
            end()
            return .incompleteRequest
        }
    }

    /// Says what to answer a client whose time is over, and takes no further byte.
    package mutating func timeOut() -> Refusal? {
        let refusal: Refusal? =
            switch phase {
            case .idle, .ended: nil
            case .head: .headTimeout
            case .body: .bodyTimeout
            }
        end()
        return refusal
    }

    private mutating func end() {
        isHead = head.isHead || draft?.method == .head
        phase = .ended
        pending = []
        body = []
        head = HeadParser()
        draft = nil
        content = .length(0)
    }

    // MARK: - Head

    private mutating func continueHead(_ input: Span<UInt8>, _ offset: inout Int) throws(Refusal) -> ParserEvent {
        if pending.isEmpty {
            // Nearly every head comes in one piece and is read where it lies.
            let rest = input.extracting(offset..<input.count)
            guard let length = try head.advance(rest, limits: limits) else {
                pending.append(input, offset..<input.count)
                offset = input.count
                return .needMore
            }
            let bytes = [UInt8](input, offset..<offset + length)
            offset += length
            return try completeHead(bytes, input, &offset)
        }
        let before = pending.count
        var bytes = pending
        pending = []
        bytes.append(input, offset..<input.count)
        guard let length = try head.advance(bytes.span, limits: limits) else {
            pending = bytes
            offset = input.count
            return .needMore
        }
        offset += length - before
        bytes.removeLast(bytes.count - length)
        return try completeHead(bytes, input, &offset)
    }

    private mutating func completeHead(
        _ bytes: [UInt8], _ input: Span<UInt8>, _ offset: inout Int
    ) throws(Refusal) -> ParserEvent {
        let framing = try BodyFraming.decide(bytes.span, head.noted, head.lines, head.line.version)
        // RFC 9110 10.1.1: HTTP/1.0 knows no expectations, and without content there is nothing to expect.
        let isModern = head.line.version != .http10
        guard !isModern || !head.noted.expectsOther else { throw .expectation }
        let expectsContinue = isModern && head.noted.expectsContinue
        let request = Request(head: try RequestHead(bytes, head), body: .none)
        head = HeadParser()
        switch framing {
        case .none, .length(0):
            return complete(request, framing == .none ? .none : .bytes([]))
        case .length(let length) where length > limits.body && length > limits.body(of: request):
            return complete(request, .tooLarge)
        case .length(let length):
            content = .length(length)
        case .chunked:
            content = .chunked(ChunkedDecoder(contentLimit: limits.body(of: request)))
        }
        phase = .body
        draft = request
        if expectsContinue { return .continueExpected(request) }
        return try continueBody(input, &offset)
    }

    // MARK: - Body

    private mutating func continueBody(_ input: Span<UInt8>, _ offset: inout Int) throws(Refusal) -> ParserEvent {
        switch content {
        case .length(let length):
            let count = min(length - body.count, input.count - offset)
            if body.isEmpty, count == length {
                body = [UInt8](input, offset..<offset + count)
            } else {
                // Grows with what has come, not with what was declared: a declaration costs its sender nothing.
                body.append(input, offset..<offset + count)
            }
            offset += count
            return body.count == length ? completeBody() : .needMore
        case .chunked(var decoder):
            content = .length(0)
            switch try decoder.consume(input, from: &offset, into: &body, limits: limits) {
            case .needMore:
                content = .chunked(decoder)
                return .needMore
            case .done: return completeBody()
            case .tooLarge:
                guard let request = draft else { return .needMore }
                return complete(request, .tooLarge)
            }
        }
    }

    private mutating func completeBody() -> ParserEvent {
        guard let request = draft else { return .needMore }
        let bytes = body
        body = []
        draft = nil
        return complete(request, .bytes(bytes))
    }

    private mutating func complete(_ request: Request, _ body: RequestBody) -> ParserEvent {
        var request = request
        request.body = body
        if request.persistence == .closed {
            end()
        } else {
            phase = .idle
            leading = LeadingLine()
        }
        return .request(request)
    }
}
