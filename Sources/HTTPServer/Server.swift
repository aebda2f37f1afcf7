import Synchronization

/// An HTTP/1.1 server: one listening socket, and one event loop a thread.
///
///     let server = try Server(host: "127.0.0.1", port: 8080, handler: handler)
///     server.start()
///     server.wait()
///
/// The socket is bound and listens when `init` returns, so a client that connects before `start()` waits in the kernel's
/// queue and is not refused. All functions may be called from any thread but a loop's, and more than once.
package final class Server: Sendable {
    /// The address that is listened on.
    package let address: BoundAddress

    private enum State { case ready, started, stopped }

    private let shared: LoopShared
    private let loops: [LoopDescriptors]
    private let state = Mutex(State.ready)

    /// Binds and listens.
    ///
    /// - Parameters:
    ///   - host: An IPv4 or IPv6 literal, or `localhost` for 127.0.0.1. No name is looked up.
    ///   - port: 0 for a free one.
    ///   - loops: How many threads serve, at least one. With one, the handler is never called by two threads.
    /// - Throws: `ServerError`, which says what cannot be had.
    package init(
        host: String = "127.0.0.1", port: Int, loops: Int = 1, limits: Limits = Limits(), handler: any RequestHandler
    ) throws(ServerError) {
        let listener = try Listener(host: host, port: port)
        address = BoundAddress(host: listener.host, port: listener.port)
        let count = max(1, loops)
        do {
            shared = try LoopShared(
                listener: listener, limits: limits, handler: handler, hasSeveralLoops: count > 1)
            var descriptors: [LoopDescriptors] = []
            for _ in 0..<count { descriptors.append(try LoopDescriptors()) }
            self.loops = descriptors
        } catch {
            throw .resources(error)
        }
    }

    deinit {
        requestStop()
    }

    /// Starts the loops. Does nothing the second time, or after `stop()`.
    ///
    /// - Throws: `ServerError.resources` where the system gives no thread.
    package func start() throws(ServerError) {
        let isFirst = state.withLock { state in
            guard state == .ready else { return false }
            state = .started
            return true
        }
        guard isFirst else { return }
        shared.runningLoops.store(loops.count, ordering: .sequentiallyConsistent)
        for (index, descriptors) in loops.enumerated() {
            do {
                try startThread { [shared] in
                    EventLoop(shared, descriptors).run()
                    Self.end(shared, loops: 1)
                }
            } catch {
                Self.end(shared, loops: loops.count - index)
                requestStop()
                throw .resources(error)
            }
        }
    }

    /// Asks the loops to stop and returns at once.
    package func requestStop() {
        let wasReady = state.withLock { state in
            defer { state = .stopped }
            return state == .ready
        }
        guard !shared.isStopping.exchange(true, ordering: .sequentiallyConsistent) else { return }
        if wasReady {
            shared.listener.stop()
            shared.finished.signal()
        }
        for loop in loops { loop.wakeup.signal() }
    }

    /// Stops accepting, answers what is running within `Limits.stopTime`, closes everything and returns.
    package func stop() {
        requestStop()
        wait()
    }

    /// Returns once the server has stopped.
    package func wait() {
        shared.finished.wait()
    }

    private static func end(_ shared: LoopShared, loops: Int) {
        if shared.runningLoops.subtract(loops, ordering: .sequentiallyConsistent).newValue == 0 {
            shared.finished.signal()
        }
    }
}

// MARK: - Counters

extension Server {
    /// Connections that are open now.
    package var openConnections: Int { shared.openConnections.load(ordering: .relaxed) }
    /// Connections accepted since the start.
    package var acceptedConnections: Int { shared.acceptedConnections.load(ordering: .relaxed) }
    /// Requests that the handler was given since the start.
    package var requests: Int { shared.requests.load(ordering: .relaxed) }
    /// Requests that were refused before any handler saw them.
    package var refusals: Int { shared.refusals.load(ordering: .relaxed) }
}
