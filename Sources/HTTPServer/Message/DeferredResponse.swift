/// An answer that is not known yet, because it waits for something to happen.
///
/// Whoever learns of it may give it from any thread, once. The connection waits with all that its client sent, and
/// nothing else does. When the time is over, or the server stops, the answer is what `otherwise` says.
package final class DeferredResponse: Sendable, Equatable {
    private struct State {
        var response: Response?
        var isOver = false
        var loop: LoopDescriptors?
    }

    private let state = Locked(State())
    private let otherwise: @Sendable () -> Response
    /// Nanoseconds that the client waits at most.
    let patience: Int64

    /// Waits for so long at most.
    ///
    /// - Parameter otherwise: the answer when nobody has given one by then; called on the loop's thread.
    package init(within time: Duration, otherwise: @escaping @Sendable () -> Response) {
        patience = Patience.nanoseconds(time)
        self.otherwise = otherwise
    }

    /// Gives the answer.
    ///
    /// - Returns: false when it comes too late: there is one already, or nobody waits for it any more.
    @discardableResult
    package func resolve(_ response: Response) -> Bool {
        state.withLock { state in
            guard !state.isOver, state.response == nil else { return false }
            state.response = response
            state.loop?.wakeup.signal()
            return true
        }
    }

    /// Whether an answer would come too late.
    package var isOver: Bool { state.withLock { $0.isOver || $0.response != nil } }

    /// Gives the answer up: nobody waits for it.
    package func cancel() {
        state.withLock { $0.isOver = true }
    }

    func attach(to loop: LoopDescriptors) {
        state.withLock { $0.loop = loop }
    }

    /// The answer, if it is there.
    func take() -> Response? {
        state.withLock { state in
            if state.response != nil { state.isOver = true }
            return state.response
        }
    }

    /// The answer, whether it is there or not: the time is over.
    func expire() -> Response {
        let given = state.withLock { state in
            state.isOver = true
            return state.response
        }
        return given ?? otherwise()
    }

    package static func == (left: DeferredResponse, right: DeferredResponse) -> Bool { left === right }
}
