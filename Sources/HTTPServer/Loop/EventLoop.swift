import Synchronization

/// One thread's loop: wait, read, answer, send.
///
/// A turn reads every ready socket, hands every complete request it found to the handler in one call, and only then
/// sends the answers, each connection's with one write. Nothing here is touched by any other thread.
final class EventLoop {
    let shared: LoopShared
    let descriptors: LoopDescriptors
    let limits: Limits
    let patience: Patience
    let handler: any RequestHandler

    /// Indexed by descriptor number, which the kernel keeps small and dense.
    var connections: [Connection?] = []
    var openCount = 0
    /// What every socket is read into; 64 KiB for the loop and none for an idle connection.
    var input = [UInt8](repeating: 0, count: 64 * 1024)
    var output: [UInt8] = []
    var date = DateCache()
    var now = SystemClock.monotonic

    /// The turn's requests, and the connections that have something to say in it.
    var requests: [Request] = []
    var active: [Connection] = []
    /// Connections whose answers are held back on purpose.
    var held: [Connection] = []
    /// Connections with an answer that is not whole yet, and whether one of these may have news.
    var late: [Connection] = []
    var hasNews = false
    /// Connections with bytes left over from the last turn.
    var resumed: [Connection] = []

    var isAccepting = false
    var isStopping = false
    private var events = Poller.Events()
    var acceptAgainAt = Int64.max
    private var nextSweep: Int64 = 0
    private var stopAt = Int64.max

    /// Nanoseconds between two looks at the deadlines, and before accepting is tried again without descriptors.
    static let sweepInterval: Int64 = 100_000_000

    init(_ shared: LoopShared, _ descriptors: LoopDescriptors) {
        self.shared = shared
        self.descriptors = descriptors
        limits = shared.limits
        patience = Patience(shared.limits)
        handler = shared.handler
    }

    /// Turns until the server is stopped and every connection has ended or had its time.
    func run() {
        resumeAccepting()
        while !isStopping || openCount > 0 && now < stopAt {
            turn()
        }
        for connection in connections {
            if let connection { drop(connection) }
        }
    }

    private func turn() {
        let count = descriptors.poller.wait(&events, milliseconds: pause)
        now = SystemClock.monotonic
        date.update(SystemClock.second)
        let waiting = resumed
        resumed.removeAll(keepingCapacity: true)
        for connection in waiting { resume(connection) }
        var canAccept = false
        for index in 0..<count {
            let number = events.descriptor(at: index)
            if number == shared.listener.socket.number {
                canAccept = true
            } else if number == descriptors.wakeup.number {
                descriptors.wakeup.clear()
                hasNews = true
            } else if let connection = connections[Int(number)] {
                handle(connection, events.flags(at: index))
            }
        }
        if shared.isStopping.load(ordering: .acquiring), !isStopping {
            beginStopping()
        } else if canAccept {
            // Last, so that no event of this turn can be taken for a new connection with an old one's number.
            acceptAll()
        }
        answerAll()
        advanceLate()
        releaseHeld()
        sweepIfDue()
    }

    /// Milliseconds to wait for an event: none with work left over, for ever with nobody connected.
    private var pause: Int32 {
        if !resumed.isEmpty || hasNews { return 0 }
        if let due = untilHeld { return min(due, Int32(Self.sweepInterval / 1_000_000)) }
        return openCount > 0 || !isAccepting ? Int32(Self.sweepInterval / 1_000_000) : -1
    }

    private func handle(_ connection: Connection, _ flags: Poller.Flags) {
        if flags.contains(.writable) {
            flush(connection)
        } else if flags.contains(.readable) {
            read(connection)
        } else if !flags.isDisjoint(with: .over) {
            // Both directions are gone: nobody is left to answer.
            drop(connection)
        }
    }

    private func sweepIfDue() {
        guard now >= nextSweep else { return }
        nextSweep = now + Self.sweepInterval
        if !isAccepting, !isStopping, now >= acceptAgainAt { resumeAccepting() }
        for connection in connections {
            if let connection, connection.deadline <= now { expire(connection) }
        }
        for connection in late where connection.late?.dueAt ?? .max <= now { advance(connection) }
    }

    /// Takes what the kernel has accepted already, refuses what comes later, and lets idle connections go.
    private func beginStopping() {
        isStopping = true
        stopAt = now + patience.stop
        acceptAll()
        if isAccepting { descriptors.poller.remove(shared.listener.socket.number) }
        isAccepting = false
        shared.listener.stop()
        for connection in connections {
            // A request may be in the kernel's buffer although the loop has not been told yet.
            guard let connection, connection.isIdle, !connection.isActive else { continue }
            read(connection)
            if connection.isIdle, !connection.isActive { drop(connection) }
        }
    }
}
