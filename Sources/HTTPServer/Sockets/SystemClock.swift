import Glibc

/// The two clocks of a loop, read once a turn.
enum SystemClock {
    /// Nanoseconds that only grow, for deadlines.
    static var monotonic: Int64 { read(CLOCK_MONOTONIC, nanoseconds: true) }

    /// Seconds since 1970 in UTC, for `Date`.
    static var second: Int64 { read(CLOCK_REALTIME_COARSE, nanoseconds: false) }

    private static func read(_ clock: clockid_t, nanoseconds: Bool) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return nanoseconds ? Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) : Int64(time.tv_sec)
    }
}
