import Glibc

/// The system's clocks, which nobody in Understudy moves; a loop reads two of them once a turn.
package enum SystemClock {
    /// Nanoseconds that only grow, for deadlines and durations.
    package static var monotonic: Int64 { read(CLOCK_MONOTONIC, nanoseconds: true) }

    /// Seconds since 1970 in UTC, for `Date`.
    static var second: Int64 { read(CLOCK_REALTIME_COARSE, nanoseconds: false) }

    /// Nanoseconds of processor time that this process has taken.
    package static var processor: Int64 { read(CLOCK_PROCESS_CPUTIME_ID, nanoseconds: true) }

    private static func read(_ clock: clockid_t, nanoseconds: Bool) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return nanoseconds ? Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) : Int64(time.tv_sec)
    }
}
