/// Answers that are held back or spoilt on purpose, ``Delivery``.
extension EventLoop {
    /// Spoils the answer that begins at a byte of the output, as asked.
    ///
    /// - Returns: whether further answers may follow on the connection.
    func deliver(_ delivery: Delivery, from start: Int, to connection: Connection) -> Bool {
        connection.heldFor += Int64(delivery.delay) * 1_000_000
        switch delivery.manner {
        case .whole: return true
        case .dropped: output.removeSubrange(start...)
        case .reset:
            output.removeSubrange(start...)
            connection.endsByReset = true
        case .truncated: output.removeSubrange((start + (output.count - start) / 2)...)
        case .garbage: output.replaceSubrange(start..., with: Delivery.garbageBytes)
        }
        connection.leftover = []
        connection.expecting = nil
        connection.refusal = nil
        connection.ending = .close
        return false
    }

    /// Keeps the output until its time has come; nothing more of the connection is read meanwhile.
    func hold(_ connection: Connection) {
        connection.backlog = output
        connection.sent = 0
        connection.deadline = .max
        connection.timedPhase = .ended
        // From now on, not from the turn's beginning: nobody who knows the delay may see it end early.
        connection.sendAt = SystemClock.monotonic + connection.heldFor
        connection.heldFor = 0
        watch(connection, [])
        held.append(connection)
    }

    /// Sends what was held back long enough.
    func releaseHeld() {
        guard held.contains(where: { $0.sendAt <= now }) else { return }
        let due = held.filter { $0.sendAt <= now }
        held.removeAll { $0.sendAt <= now }
        for connection in due where connection.stage == .open {
            connection.sendAt = .max
            connection.deadline = now + patience.write
            if !connection.backlog.isEmpty { watch(connection, .writable) }
            flush(connection)
        }
    }

    /// Milliseconds until the next held answer is due; nil when none is held.
    var untilHeld: Int32? {
        held.map(\.sendAt).min().map { Int32(clamping: max(0, ($0 - now + 999_999) / 1_000_000)) }
    }
}
