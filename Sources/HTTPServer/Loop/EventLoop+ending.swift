import Synchronization

extension EventLoop {
    /// Decides what follows when nothing is left to send.
    func settle(_ connection: Connection) {
        guard connection.stage == .open else { return }
        if connection.late != nil { return wait(connection) }
        switch connection.ending {
        case .close: return drop(connection)
        case .linger: return linger(connection)
        case .none: break
        }
        if isStopping, connection.isIdle { return drop(connection) }
        if !connection.leftover.isEmpty { resumed.append(connection) }
        watch(connection, .readable)
        setDeadline(connection)
    }

    /// RFC 9112 9.6: closing at once would have the kernel reset the connection when more comes, and the client might
    /// lose the answer.
    private func linger(_ connection: Connection) {
        Socket.finishSending(connection.number)
        connection.stage = .lingering
        connection.leftover = []
        connection.deadline = now + patience.linger
        watch(connection, .readable)
    }

    func watch(_ connection: Connection, _ interest: Poller.Flags) {
        guard connection.interest != interest else { return }
        connection.interest = interest
        do {
            try descriptors.poller.change(connection.number, interest)
        } catch {
            drop(connection)
        }
    }

    /// Starts the clock of the phase that the connection is in, unless it runs already: a trickle does not turn it
    /// back.
    func setDeadline(_ connection: Connection) {
        let phase = connection.parser.phase
        guard phase != connection.timedPhase || connection.parser.begun != connection.timedMessage else { return }
        connection.timedPhase = phase
        connection.timedMessage = connection.parser.begun
        let time =
            switch phase {
            case .head: patience.head
            case .body: patience.body
            case .idle, .ended: patience.idle
            }
        connection.deadline = now + time
    }

    /// Ends what took too long: with an answer where a request had begun, without one otherwise (RFC 9110 15.5.9).
    func expire(_ connection: Connection) {
        // After an orderly end the kernel would keep megabytes for a client that does not read, and offer them for
        // minutes.
        connection.endsByReset = connection.endsByReset || !connection.backlog.isEmpty
        guard connection.stage == .open, connection.backlog.isEmpty, let refusal = connection.parser.timeOut() else {
            return drop(connection)
        }
        output.removeAll(keepingCapacity: true)
        refuse(connection, refusal)
        send(connection)
    }

    func drop(_ connection: Connection) {
        guard connection.stage != .closed else { return }
        if connection.late != nil { hasNews = true }
        connection.close()
        connections[Int(connection.number)] = nil
        openCount -= 1
        shared.openConnections.wrappingSubtract(1, ordering: .relaxed)
    }
}
