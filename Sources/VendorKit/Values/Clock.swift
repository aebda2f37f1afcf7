private import Glibc
private import Synchronization

/// Tells the time, and lets a test move it: everything in Understudy that ages asks this and nothing else.
package final class Clock: Sendable {
    private let frozen: Mutex<Int64?>

    /// A clock that follows the system's, or one that stands still at an instant, in milliseconds since 1970 UTC.
    package init(at instant: Int64? = nil) {
        frozen = Mutex(instant)
    }

    /// Milliseconds since 1970 UTC.
    package var now: Int64 {
        frozen.withLock { $0 } ?? Self.system
    }

    /// Stops the clock at an instant, in milliseconds since 1970 UTC.
    package func freeze(at instant: Int64) {
        frozen.withLock { $0 = instant }
    }

    /// Moves a clock on, by milliseconds; one that followed the system stands still from here on.
    package func advance(by milliseconds: Int64) {
        frozen.withLock { $0 = ($0 ?? Self.system) + milliseconds }
    }

    private static var system: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
