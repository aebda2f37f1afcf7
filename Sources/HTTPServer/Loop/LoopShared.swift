import Synchronization

/// What the loops of one server and its owner share: descriptors, counters, and the wish to stop.
final class LoopShared: Sendable {
    let limits: Limits
    let handler: any RequestHandler
    let listener: Listener
    let hasSeveralLoops: Bool

    /// Readable once the loops may begin.
    let started: Wakeup
    /// Readable once the last loop has ended.
    let finished: Wakeup
    let isStopping = Atomic<Bool>(false)
    let runningLoops: Atomic<Int>
    let openConnections = Atomic<Int>(0)
    let acceptedConnections = Atomic<Int>(0)
    let acceptPauses = Atomic<Int>(0)
    let requests = Atomic<Int>(0)
    let refusals = Atomic<Int>(0)

    init(
        listener: consuming Listener, limits: Limits, handler: any RequestHandler, loops: Int
    ) throws(SystemError) {
        self.limits = limits
        self.handler = handler
        self.listener = listener
        hasSeveralLoops = loops > 1
        runningLoops = Atomic(loops)
        started = try Wakeup()
        finished = try Wakeup()
    }
}

/// The descriptors of one loop, made before its thread so that a failure is known early.
final class LoopDescriptors: Sendable {
    let poller: Poller
    let wakeup: Wakeup

    init() throws(SystemError) {
        poller = try Poller()
        wakeup = try Wakeup()
        try poller.add(wakeup.number, .readable)
    }
}
