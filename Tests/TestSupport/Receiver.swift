import Glibc
package import HTTPServer

/// A server that takes deliveries, on a free port of this machine.
package final class Receiver: Sendable {
    private let handler: Handler
    private let server: Server

    /// Starts it.
    ///
    /// - Parameter statuses: what the first requests get; the rest get 200.
    package init(statuses: [Int] = []) throws {
        handler = Handler(statuses)
        server = try Server(port: 0, handler: handler)
        server.start()
    }

    deinit { server.stop() }

    /// Its port.
    package var port: Int { server.address.port }
    /// What it was sent so far.
    package var requests: [Request] { handler.state.withLock { $0.requests } }

    /// Gives the next requests these statuses, and those after them 200.
    package func answer(_ statuses: [Int]) { handler.state.withLock { $0.statuses = statuses[...] } }

    /// Is there no more.
    package func stop() { server.stop() }

    private final class Handler: RequestHandler {
        let state: Locked<(statuses: ArraySlice<Int>, requests: [Request])>

        init(_ statuses: [Int]) {
            state = Locked((statuses[...], []))
        }

        func respond(to requests: [Request]) -> [Response] {
            state.withLock { state in
                state.requests += requests
                return requests.map { _ in Response(Status(code: state.statuses.popFirst() ?? 200)) }
            }
        }
    }
}

extension Request {
    /// The content; empty where there is none.
    package var bytes: [UInt8] {
        if case .bytes(let bytes) = body { bytes } else { [] }
    }
}

/// Waits until something is so, for two minutes at most.
package func soon(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<12_000 {
        if try condition() { return true }
        usleep(10_000)
    }
    return try condition()
}
