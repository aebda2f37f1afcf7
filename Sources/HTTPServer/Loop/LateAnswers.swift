/// An answer of a connection that is not whole yet, with the further ones of its turn, which wait for its end.
final class LateAnswers {
    /// The requests from the late one's on.
    private(set) var requests: [Request]
    /// Their answers, the late one first.
    var responses: [Response]
    let continuation: Continuation
    let context: ResponseEncoder.Context
    /// How the client knows where content that goes on ends.
    var framing = ResponseEncoder.Framing.length
    /// When something must be sent whatever happens, in nanoseconds of the monotonic clock.
    var dueAt = Int64.max

    /// Takes answers of which the first has a continuation.
    init?(_ requests: ArraySlice<Request>, _ responses: ArraySlice<Response>, _ context: ResponseEncoder.Context) {
        guard let continuation = responses.first?.continuation else { return nil }
        self.requests = Array(requests)
        self.responses = Array(responses)
        self.continuation = continuation
        self.context = context
    }

    /// Does without the answers that have waited: nothing may follow the late one.
    func keepFirst() {
        requests = Array(requests.prefix(1))
        responses = Array(responses.prefix(1))
    }

    func cancel() {
        for response in responses { response.continuation?.cancel() }
    }
}
