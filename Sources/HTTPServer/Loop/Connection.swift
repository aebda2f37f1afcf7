/// One client, confined to the thread of its loop.
///
/// Between messages it holds next to nothing: what is read goes through the loop's one buffer, and only an incomplete
/// message or an answer that did not fit the socket is kept here.
final class Connection {
    enum Stage {
        case open
        /// All is said and sent; what still comes is thrown away until the client closes (RFC 9112 9.6).
        case lingering
        case closed
    }

    /// What follows once everything said is sent.
    enum Ending { case none, close, linger }

    let number: Int32
    let isLocalPeer: Bool
    var parser: RequestParser
    var stage = Stage.open
    var ending = Ending.none
    /// The client sends no more, but may still read.
    var isHalfClosed = false

    /// Bytes that were read but wait for the next turn, because this one had enough requests.
    var leftover: [UInt8] = []
    /// Bytes of answers that the socket did not take yet, from `sent` on.
    var backlog: [UInt8] = []
    var sent = 0
    var drained = 0

    // What this turn has to answer, in this order: requests of the loop's list, then one of the other two.
    var firstRequest = 0
    var requestCount = 0
    var refusal: Refusal?
    var expecting: Request?
    var isActive = false

    /// When patience ends, in nanoseconds of the monotonic clock, and which phase of which message it is for.
    var deadline = Int64.max
    var timedPhase = RequestParser.Phase.ended
    var timedMessage = -1

    // Answers held back on purpose: nanoseconds to hold those of this turn, and when they are due.
    var heldFor: Int64 = 0
    var sendAt = Int64.max
    /// The answer that is not whole yet, with those that wait for its end.
    var late: LateAnswers?
    /// The connection ends by a reset instead of an orderly close.
    var endsByReset = false

    var interest: Poller.Flags = .readable
    private var socket: Descriptor?

    init(_ socket: consuming Descriptor, isLocalPeer: Bool, limits: Limits) {
        number = socket.number
        self.socket = consume socket
        self.isLocalPeer = isLocalPeer
        parser = RequestParser(limits: limits)
    }

    /// Nothing was begun that a stopping server should wait for.
    var isIdle: Bool {
        stage == .open && parser.phase == .idle && leftover.isEmpty && backlog.isEmpty && late == nil
    }

    func close() {
        stage = .closed
        if endsByReset { Socket.resetOnClose(number) }
        socket = nil
        leftover = []
        backlog = []
        late?.cancel()
        late = nil
    }
}
