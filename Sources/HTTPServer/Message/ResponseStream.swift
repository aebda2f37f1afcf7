/// Content that comes while its answer is being sent: of unknown length, perhaps without end.
///
/// Any thread may append to it and finish it. It is sent in chunks to a client of HTTP/1.1 (RFC 9112 7.1) and up to
/// the connection's end to one of HTTP/1.0. When the server stops, it finishes the stream.
package final class ResponseStream: Sendable, Equatable {
    private struct State {
        var bytes: [UInt8] = []
        var isFinished = false
        var isOver = false
        var loop: LoopDescriptors?
    }

    private let state = Locked(State())
    private let limit: Int
    /// What is sent when nothing else was for a while, so that a client which is gone is noticed.
    let heartbeat: [UInt8]
    /// Nanoseconds of that while.
    let interval: Int64

    /// Makes an empty stream.
    ///
    /// - Parameters:
    ///   - limit: Bytes that may wait for a client which does not read; with more the connection is dropped.
    ///   - heartbeat: what is sent after each `interval` without content; empty for nothing.
    package init(limit: Int = 1_048_576, heartbeat: [UInt8] = [], every interval: Duration = .seconds(15)) {
        self.limit = limit
        self.heartbeat = heartbeat
        self.interval = heartbeat.isEmpty ? .max : Patience.nanoseconds(interval)
    }

    /// Adds content.
    ///
    /// - Returns: false when nobody gets it any more.
    @discardableResult
    package func append(_ bytes: [UInt8]) -> Bool {
        state.withLock { state in
            guard !state.isOver, !state.isFinished else { return false }
            state.bytes += bytes
            if state.bytes.count > limit {
                state.isOver = true
                state.bytes = []
            }
            state.loop?.wakeup.signal()
            return !state.isOver
        }
    }

    /// Ends the content, in order, after all that was added.
    package func finish() {
        state.withLock { state in
            state.isFinished = true
            state.loop?.wakeup.signal()
        }
    }

    /// Whether nobody gets anything more of it.
    package var isOver: Bool { state.withLock { $0.isOver || $0.isFinished } }

    /// Whether more was waiting for the client than may.
    var isLost: Bool { state.withLock { $0.isOver } }

    func attach(to loop: LoopDescriptors) {
        state.withLock { $0.loop = loop }
    }

    /// What was added since the last time, and whether that was all.
    func take() -> (bytes: [UInt8], isFinished: Bool) {
        state.withLock { state in
            defer { state.bytes = [] }
            return (state.bytes, state.isFinished)
        }
    }

    func cancel() {
        state.withLock { state in
            state.isOver = true
            state.bytes = []
        }
    }

    package static func == (left: ResponseStream, right: ResponseStream) -> Bool { left === right }
}
