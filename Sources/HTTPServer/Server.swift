import Synchronization

/// An HTTP/1.1 server: one listening socket, and one event loop a thread.
///
///     let server = try Server(host: "127.0.0.1", port: 8080, handler: handler)
///     server.start()
///     server.wait()
///
/// It stops when `stop()` is called, or when nobody holds it any more.
///
/// The socket is bound and listens when `init` returns, so a client that connects before `start()` waits in the
/// kernel's queue and is not refused. All functions may be called from any thread but a loop's, and more than once.
package final class Server: Sendable {
    /// The address that is listened on.
    package let address: BoundAddress

    private let shared: LoopShared
    private let loops: [LoopDescriptors]

    /// Binds, listens and makes the threads, which wait for `start()`: whatever the system refuses is known here.
    ///
    /// - Parameters:
    ///   - host: An IPv4 or IPv6 literal, or `localhost` for 127.0.0.1. No name is looked up.
    ///   - port: 0 for a free one.
    ///   - loops: How many threads serve, at least one. With one, the handler is never called by two threads.
    ///   - limits: What one client may take.
    ///   - handler: What answers.
    /// - Throws: `ServerError`, which says what cannot be had.
    package init(
        host: String = "127.0.0.1", port: Int, loops: Int = 1, limits: Limits = Limits(), handler: any RequestHandler
    ) throws(ServerError) {
        let listener = try Listener(host: host, port: port)
        address = BoundAddress(host: listener.host, port: listener.port)
        do {
            let count = max(1, loops)
            let shared = try LoopShared(listener: listener, limits: limits, handler: handler, loops: count)
            self.shared = shared
            var descriptors: [LoopDescriptors] = []
            for _ in 0..<count { descriptors.append(try LoopDescriptors()) }
            self.loops = descriptors
            for loop in descriptors {
                try startThread {
                    shared.started.wait()
                    EventLoop(shared, loop).run()
                    if shared.runningLoops.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 {
                        shared.finished.signal()
                    }
                }
            }
        } catch {
            throw .resources(error)
        }
    }

    deinit {
        requestStop()
    }

    /// Lets the loops begin.
    ///
    /// Does nothing the second time, or after `stop()`.
    package func start() {
        shared.started.signal()
    }

    /// Asks the loops to stop and returns at once.
    package func requestStop() {
        shared.isStopping.store(true, ordering: .sequentiallyConsistent)
        shared.started.signal()
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
}

// MARK: - Counters

extension Server {
    /// Connections that are open now.
    package var openConnections: Int { shared.openConnections.load(ordering: .relaxed) }
    /// Connections accepted since the start.
    package var acceptedConnections: Int { shared.acceptedConnections.load(ordering: .relaxed) }
    /// Times that new connections were left in the kernel's queue, for lack of room or descriptors.
    package var acceptPauses: Int { shared.acceptPauses.load(ordering: .relaxed) }
    /// Requests that the handler was given since the start.
    package var requests: Int { shared.requests.load(ordering: .relaxed) }
    /// Requests that were refused before any handler saw them.
    package var refusals: Int { shared.refusals.load(ordering: .relaxed) }
}
