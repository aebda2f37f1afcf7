private import Synchronization

/// A value behind a `Mutex` that ThreadSanitizer can see.
///
/// Under contention a `Mutex` is taken inside the runtime's library, which carries no instrumentation, so the sanitizer
/// reports races that are none. Two accesses to an atomic word tell it what the lock already guarantees; they cost
/// about a nanosecond.
package struct Locked<Value: Sendable>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>
    private let turns = Atomic(0)

    /// Guards a value.
    package init(_ value: Value) {
        mutex = Mutex(value)
    }

    /// Runs a body that nobody else's overlaps.
    package func withLock<R>(_ body: (inout Value) -> R) -> R {
        var result: R?
        mutex.withLock { value in
            _ = turns.load(ordering: .acquiring)
            result = body(&value)
            turns.store(0, ordering: .releasing)
        }
        return result!
    }
}
