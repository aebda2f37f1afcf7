import Synchronization

extension EventLoop {
    func resumeAccepting() {
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
        shared.acceptPauses.wrappingAdd(1, ordering: .relaxed)
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
}
