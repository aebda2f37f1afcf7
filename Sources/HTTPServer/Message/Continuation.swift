/// What of an answer comes after the turn in which it was asked for.
///
/// The further answers of the connection wait for its end, and nothing more is read from it (RFC 9112 9.3.2).
package enum Continuation: Sendable, Equatable {
    /// All of it.
    case answer(DeferredResponse)
    /// The content, after what the response has as its body.
    case content(ResponseStream)

    func attach(to loop: LoopDescriptors) {
        switch self {
        case .answer(let deferred): deferred.attach(to: loop)
        case .content(let stream): stream.attach(to: loop)
        }
    }

    func cancel() {
        switch self {
        case .answer(let deferred): deferred.cancel()
        case .content(let stream): stream.cancel()
        }
    }

    /// The answer that begins with `response` as it is when nothing more is waited for.
    func cutShort(_ response: Response) -> Response {
        switch self {
        case .answer(let deferred): return deferred.expire()
        case .content(let stream):
            stream.cancel()
            var whole = response
            whole.continuation = nil
            return whole
        }
    }

    /// Nanoseconds until something must be sent, whatever happens.
    var patience: Int64 {
        switch self {
        case .answer(let deferred): deferred.patience
        case .content(let stream): stream.interval
        }
    }
}

extension Response {
    /// Answers later; until then logs see 202, which is never sent.
    package init(_ deferred: DeferredResponse) {
        self.init(.accepted)
        continuation = .answer(deferred)
    }

    /// Answers now, with content that goes on after the body.
    package init(_ status: Status, fields: ResponseFields, body: [UInt8] = [], then stream: ResponseStream) {
        self.init(status, fields: fields, body: body)
        continuation = .content(stream)
    }
}
