import HTTPServer
private import Synchronization

/// The requests whose answers are held back on purpose, by their numbers, until they leave.
///
/// By the real clock, which no test moves, because the delay is real. A number is never used twice, so whatever a reset
/// or a restart takes away is not found under it again.
final class HeldAnswers: Sendable {
    private struct Waiting {
        /// Nanoseconds of the monotonic clock, by the request's number.
        var releases: [Int64: Int64] = [:]
        /// How many there may be before those that are over are thrown out.
        var bound = 1000
    }

    private let waiting = Locked(Waiting())
    /// When the last of them leaves, so that the usual request asks no lock.
    private let last = Atomic<Int64>(0)
    /// The most that are remembered.
    private static let maximum = 100_000

    /// Notes that the answer to a request leaves after so many milliseconds.
    func hold(_ number: Int64, for milliseconds: Int) {
        let now = SystemClock.monotonic
        let release = now + Int64(milliseconds) * 1_000_000
        waiting.withLock { waiting in
            if waiting.releases.count >= waiting.bound {
                waiting.releases = waiting.releases.filter { $0.value > now }
                waiting.bound = max(1000, 2 * waiting.releases.count)
            }
            guard waiting.releases.count < Self.maximum else { return }
            waiting.releases[number] = release
            last.store(max(last.load(ordering: .relaxed), release), ordering: .releasing)
        }
    }

    /// Whether the answer to a request has not left yet.
    func holds(_ number: Int64) -> Bool {
        let last = last.load(ordering: .acquiring)
        guard last > 0 else { return false }
        let now = SystemClock.monotonic
        guard last > now else { return false }
        return waiting.withLock { $0.releases[number].map { $0 > now } ?? false }
    }
}
