extension EventLoop {
    /// Reads a socket once; what does not fit is reported again next turn, so that no client holds up the others.
    func read(_ connection: Connection) {
        switch connection.stage {
        case .closed: return
        case .lingering: return drain(connection)
        case .open: break
        }
        // Bytes of an earlier turn come first, and answers that are not sent yet hold back further requests. A
        // connection whose left-over bytes made requests in this turn already has its place in it, and one turn is
        // one place.
        guard !connection.isActive, connection.leftover.isEmpty, connection.backlog.isEmpty, connection.late == nil,
            !connection.isHalfClosed
        else { return }
        switch Socket.receive(connection.number, into: &input) {
        case .value(0): halfClose(connection)
        case .value(let count):
            let bytes = input
            parse(connection, bytes.span.extracting(0..<count))
        case .wouldBlock: break
        case .failure: drop(connection)
        }
    }

    /// Goes on with the bytes that the last turn left over.
    func resume(_ connection: Connection) {
        guard connection.stage == .open, connection.backlog.isEmpty else { return }
        let bytes = connection.leftover
        connection.leftover = []
        parse(connection, bytes.span)
    }

    private func parse(_ connection: Connection, _ bytes: Span<UInt8>) {
        var offset = 0
        var count = 0
        let first = requests.count
        events: while true {
            guard count < limits.requestsPerTurn else {
                connection.leftover.append(bytes, offset..<bytes.count)
                break
            }
            switch connection.parser.next(bytes, from: &offset) {
            case .needMore: break events
            case .request(var request):
                request.isLocalPeer = connection.isLocalPeer
                requests.append(request)
                count += 1
                if request.persistence == .closed {
                    // A client that said it would close has nothing more to say; one that goes on must not get a
                    // reset.
                    let isWhole = request.body != .tooLarge && offset == bytes.count
                    connection.ending = isWhole ? .close : .linger
                    break events
                }
            case .continueExpected(var request):
                // RFC 9110 10.1.1: needless once some of the content is there.
                guard offset == bytes.count else { continue }
                request.isLocalPeer = connection.isLocalPeer
                connection.expecting = request
                break events
            case .refusal(let refusal):
                connection.refusal = refusal
                break events
            }
        }
        connection.firstRequest = first
        connection.requestCount = count
        activate(connection)
    }

    /// Puts the connection on the list of those that have something to say in this turn.
    func activate(_ connection: Connection) {
        guard connection.requestCount > 0 || connection.refusal != nil || connection.expecting != nil else {
            return settle(connection)
        }
        guard !connection.isActive else { return }
        connection.isActive = true
        active.append(connection)
    }

    /// RFC 9112 9.6: a client that sends no more may still read, so an unfinished request gets its answer.
    private func halfClose(_ connection: Connection) {
        connection.isHalfClosed = true
        guard let refusal = connection.parser.finish() else { return drop(connection) }
        connection.refusal = refusal
        connection.requestCount = 0
        activate(connection)
    }

    /// Throws away what a refused client still sends, so that it reads its answer instead of a reset.
    private func drain(_ connection: Connection) {
        switch Socket.receive(connection.number, into: &input) {
        case .value(0), .failure: drop(connection)
        case .value(let count):
            connection.drained += count
            if connection.drained > limits.lingerBytes { drop(connection) }
        case .wouldBlock: break
        }
    }
}
