/// Answers that are not whole within their turn, ``Continuation``.
///
/// A connection that has one is not read, so that its answers stay in order, and no patience with an idle client ends
/// it. One that breaks is noticed by the system's word, or when something is sent.
extension EventLoop {
    /// Begins an answer that goes on later; what is known of it stands in the output then.
    ///
    /// - Returns: whether the answers after it must wait; false when it is whole after all.
    func begin(_ answers: LateAnswers?, of connection: Connection) -> Bool {
        guard let answers, let request = answers.requests.first, let response = answers.responses.first else {
            return false
        }
        if case .content(let stream) = answers.continuation {
            let isChunked = request.version.minor > 0
            var context = answers.context
            context.framing = isChunked ? .chunked : .untilClose
            // RFC 9110 9.3.2, 6.4.1: there is no content to go on with.
            let isWhole = context.isHead || !response.status.allowsContent
            if !isWhole, !isChunked {
                endAfterAnswers(connection)
                context = .init(persistence: .closed, framing: .untilClose)
                cancel(answers.responses.dropFirst())
                answers.keepFirst()
            }
            ResponseEncoder.append(response, context, date: date.line, to: &output)
            if isWhole {
                stream.cancel()
                return false
            }
            answers.framing = context.framing
        }
        answers.continuation.attach(to: descriptors)
        answers.dueAt = due(answers)
        connection.late = answers
        if !late.contains(where: { $0 === connection }) { late.append(connection) }
        return true
    }

    /// Waits with a connection whose answer is not whole, once all that is known of it is sent.
    func wait(_ connection: Connection) {
        connection.deadline = .max
        connection.timedPhase = .ended
        watch(connection, [])
        // Something may have come before the stream was attached, or while the socket was full.
        hasNews = true
    }

    /// Sends what has come for late answers since the last turn.
    func advanceLate() {
        guard hasNews else { return }
        hasNews = false
        for connection in late { advance(connection) }
        late.removeAll { $0.late == nil }
    }

    /// Sends what has come for a late answer; when its time is over, something in any case.
    func advance(_ connection: Connection) {
        guard let answers = connection.late else { return }
        if case .content(let stream) = answers.continuation, stream.isLost { return drop(connection) }
        guard connection.backlog.isEmpty, connection.sendAt == .max else { return }
        output.removeAll(keepingCapacity: true)
        switch answers.continuation {
        case .answer(let deferred):
            let isOver = isStopping || answers.dueAt <= now
            guard let response = isOver ? deferred.expire() : deferred.take() else { return }
            answers.responses[0] = response
            end(answers, of: connection, from: 0)
        case .content(let stream):
            if isStopping { stream.finish() }
            let taken = stream.take()
            let isQuiet = taken.bytes.isEmpty && !taken.isFinished
            if isQuiet, answers.dueAt > now { return }
            let content = isQuiet ? stream.heartbeat : taken.bytes
            ResponseEncoder.append(content: content, answers.framing, to: &output)
            answers.dueAt = due(answers)
            guard taken.isFinished else { return send(connection) }
            if answers.framing == .chunked { output.append(contentsOf: ResponseEncoder.lastChunk) }
            end(answers, of: connection, from: 1)
        }
    }

    /// Forgets answers that nobody gets.
    func cancel(_ responses: ArraySlice<Response>) {
        for response in responses { response.continuation?.cancel() }
    }

    /// Goes on with the answers that have waited, as if this were their turn.
    private func end(_ answers: LateAnswers, of connection: Connection, from first: Int) {
        connection.late = nil
        connection.firstRequest = first
        connection.requestCount = answers.requests.count - first
        answer(connection, answers.requests, answers.responses)
    }

    private func due(_ answers: LateAnswers) -> Int64 {
        let (time, isTooLong) = now.addingReportingOverflow(answers.continuation.patience)
        return isTooLong ? .max : time
    }
}
