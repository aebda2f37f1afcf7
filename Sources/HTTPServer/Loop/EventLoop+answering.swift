import Synchronization

extension EventLoop {
    /// Has all requests of the turn answered in one call, then sends each connection its answers.
    func answerAll() {
        guard !active.isEmpty else { return }
        var responses: [Response] = []
        if !requests.isEmpty {
            responses = handler.respond(to: requests)
            shared.requests.wrappingAdd(requests.count, ordering: .relaxed)
        }
        for connection in active {
            connection.isActive = false
            output.removeAll(keepingCapacity: true)
            answer(connection, requests, responses)
        }
        active.removeAll(keepingCapacity: true)
        requests.removeAll(keepingCapacity: true)
    }

    /// Sends what stands in the output, and then the answers to those of the requests that are the connection's.
    func answer(_ connection: Connection, _ requests: [Request], _ responses: [Response]) {
        let end = connection.firstRequest + connection.requestCount
        let answers = connection.firstRequest..<end
        guard connection.stage == .open else { return cancel(responses[answers.clamped(to: responses.indices)]) }
        // A stopping server still lets a client send the content that it asked leave for.
        let mustEnd = isStopping && !answers.isEmpty
        if mustEnd || answers.contains(where: { $0 < responses.count && responses[$0].closesConnection }) {
            endAfterAnswers(connection)
        }
        for index in answers {
            let request = requests[index]
            // RFC 9112 9.6: only the last answer says that it is the last.
            let isLast = connection.ending != .none && index == end - 1 && connection.refusal == nil
            let context = ResponseEncoder.Context(
                isHead: request.method == .head, persistence: isLast ? .closed : request.persistence)
            let response = index < responses.count ? responses[index] : Response(.internalServerError)
            if response.continuation != nil {
                let late = LateAnswers(requests[index..<end], responses[index..<min(end, responses.count)], context)
                if begin(late, of: connection) { break }
                continue
            }
            let start = output.count
            ResponseEncoder.append(response, context, date: date.line, to: &output)
            if response.delivery != .normal, !deliver(response.delivery, from: start, to: connection) {
                cancel(responses[..<min(end, responses.count)].dropFirst(index + 1))
                break
            }
        }
        connection.requestCount = 0
        if connection.late != nil {
            // A refusal, or the leave to send content, comes after the late answer.
        } else if let refusal = connection.refusal {
            refuse(connection, refusal)
        } else if let request = connection.expecting {
            connection.expecting = nil
            answerExpectation(connection, request)
        }
        if connection.heldFor > 0 { return hold(connection) }
        send(connection)
    }

    /// Lets the connection end although the client would go on: nothing more of it is read.
    func endAfterAnswers(_ connection: Connection) {
        if connection.ending == .none {
            let isWhole = connection.parser.phase == .idle && connection.leftover.isEmpty
            connection.ending = isWhole ? .close : .linger
        }
        connection.leftover = []
        connection.expecting = nil
    }

    func refuse(_ connection: Connection, _ refusal: Refusal) {
        connection.refusal = nil
        connection.ending = connection.isHalfClosed ? .close : .linger
        shared.refusals.wrappingAdd(1, ordering: .relaxed)
        let context = ResponseEncoder.Context(isHead: connection.parser.isHead)
        ResponseEncoder.append(handler.response(to: refusal), context, date: date.line, to: &output)
    }

    /// RFC 9110 10.1.1: `100 Continue`, or the final answer without waiting for the content.
    private func answerExpectation(_ connection: Connection, _ request: Request) {
        guard var refusal = handler.refusal(beforeBodyOf: request) else {
            output.append(contentsOf: ResponseEncoder.continueLine)
            return
        }
        // The connection ends with it, so it cannot wait for anything.
        if let continuation = refusal.continuation { refusal = continuation.cutShort(refusal) }
        // What follows may be the content or the next request, and nobody can tell which.
        connection.ending = .linger
        let context = ResponseEncoder.Context(isHead: request.method == .head)
        ResponseEncoder.append(refusal, context, date: date.line, to: &output)
    }

    func send(_ connection: Connection) {
        switch Socket.send(connection.number, output, from: 0) {
        case .value(let count) where count == output.count: settle(connection)
        case .value(let count): keepBacklog(connection, from: count)
        case .wouldBlock: keepBacklog(connection, from: 0)
        case .failure: drop(connection)
        }
        // One huge answer must not stay with the loop for ever.
        if output.capacity > 1_048_576 { output = [] }
    }

    private func keepBacklog(_ connection: Connection, from start: Int) {
        connection.backlog = Array(output[start...])
        connection.sent = 0
        connection.deadline = now + patience.write
        connection.timedPhase = .ended
        watch(connection, .writable)
    }

    /// Sends more of what the socket did not take, and reads again only when all of it is gone.
    func flush(_ connection: Connection) {
        guard !connection.backlog.isEmpty else { return settle(connection) }
        switch Socket.send(connection.number, connection.backlog, from: connection.sent) {
        case .value(let count):
            connection.sent += count
            guard connection.sent == connection.backlog.count else { return }
            connection.backlog = []
            settle(connection)
        case .wouldBlock: break
        case .failure: drop(connection)
        }
    }
}
