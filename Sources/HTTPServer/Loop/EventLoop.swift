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
    /// Connections with bytes left over from the last turn.
    var resumed: [Connection] = []

    var isAccepting = false
    var isStopping = false
    private var events = Poller.Events()
    private var acceptAgainAt = Int64.max
    private var nextSweep: Int64 = 0
    private var stopAt = Int64.max

    /// Nanoseconds between two looks at the deadlines, and before accepting is tried again without descriptors.
    private static let sweepInterval: Int64 = 100_000_000

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
        sweepIfDue()
    }

    /// Milliseconds to wait for an event: none with work left over, for ever with nobody connected.
    private var pause: Int32 {
        if !resumed.isEmpty { return 0 }
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
    }

    // MARK: - Accepting

    private func resumeAccepting() {
        acceptAgainAt = .max
        let flags: Poller.Flags = shared.hasSeveralLoops ? [.readable, .exclusive] : .readable
        do {
            try descriptors.poller.add(shared.listener.socket.number, flags)
            isAccepting = true
        } catch {
            pauseAccepting()
        }
    }

    /// Leaves new connections in the kernel's queue for a while, so that a listener that stays readable does not spin
    /// the loop.
    private func pauseAccepting() {
        if isAccepting { descriptors.poller.remove(shared.listener.socket.number) }
        isAccepting = false
        acceptAgainAt = now + Self.sweepInterval
    }

    func acceptAll() {
        var peer = SocketAddress()
        // Alone, a loop takes all there are; of several, the first one awake must leave some to the others.
        for _ in 0..<(shared.hasSeveralLoops ? 8 : 4096) {
            guard shared.openConnections.load(ordering: .relaxed) < limits.connections else { return pauseAccepting() }
            peer = SocketAddress()
            switch Listener.accept(shared.listener.socket.number, peer: &peer) {
            case .value(let number):
                welcome(Descriptor(owning: Int32(number)), isLocalPeer: peer.isLoopback)
            case .wouldBlock: return
            case .failure(.tooManyOpenFiles), .failure(.tooManyOpenFilesInSystem), .failure(.noBuffers),
                .failure(.noMemory):
                return pauseAccepting()
            case .failure(let error):
                // EINVAL: the listener was shut down. Everything else is about one connection that is gone already.
                if error == .invalid { return }
            }
        }
    }

    private func welcome(_ socket: consuming Descriptor, isLocalPeer: Bool) {
        let number = Int(socket.number)
        do {
            try descriptors.poller.add(socket.number, .readable)
        } catch {
            return
        }
        let connection = Connection(socket, isLocalPeer: isLocalPeer, limits: limits)
        while connections.count <= number { connections.append(nil) }
        connections[number] = connection
        openCount += 1
        shared.openConnections.wrappingAdd(1, ordering: .relaxed)
        shared.acceptedConnections.wrappingAdd(1, ordering: .relaxed)
        setDeadline(connection)
    }

    // MARK: - Stopping

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
