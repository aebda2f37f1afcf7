/// What answers the requests that a server reads.
package protocol RequestHandler: Sendable {
    /// Answers all complete requests found in one turn of a loop, in order.
    ///
    /// Called once a turn, with at least one request, on the loop's thread; no answer leaves before it returns.
    /// Several loops may call at the same time. A missing answer is a 500.
    func respond(to requests: [Request]) -> [Response]

    /// Asked when a request announced `Expect: 100-continue` and its content is still to come.
    ///
    /// - Returns: A refusal that needs no content, so that no `100 Continue` is sent and the connection closes after
    ///   it;
    ///   or nil to go on (RFC 9110 10.1.1).
    func refusal(beforeBodyOf request: Request) -> Response?

    /// Words a failure that the parser found; the connection closes after it.
    func response(to refusal: Refusal) -> Response
}

extension RequestHandler {
    /// Goes on, whatever the request.
    package func refusal(beforeBodyOf request: Request) -> Response? { nil }

    /// Answers with a small JSON object: `error`, `status` and `message`.
    package func response(to refusal: Refusal) -> Response {
        Response(refusal)
    }
}

extension Response {
    /// Words a refusal as a small JSON object: `error`, `status` and `message`.
    package init(_ refusal: Refusal) {
        var fields = ResponseFields()
        fields.append("Content-Type", "application/json")
        self.init(refusal.status, fields: fields, body: refusal.json)
    }
}
