private import Glibc
private import HTTPServer
private import Synchronization

/// Tells the time, and lets a test move it: everything in Understudy that ages asks this and nothing else.
///
/// Each sandbox may have a time of its own; one that has none follows the whole clock.
package final class Clock: Sendable {
    /// How a clock goes.
    private enum Setting {
        case system
        case frozen(Int64)
        case shifted(Int64)

        func now(_ system: Int64) -> Int64 {
            switch self {
            case .system: system
            case .frozen(let instant): instant
            case .shifted(let offset): system + offset
            }
        }

        func advanced(by milliseconds: Int64) -> Setting {
            switch self {
            case .system: .shifted(milliseconds)
            case .frozen(let instant): .frozen(instant + milliseconds)
            case .shifted(let offset): .shifted(offset + milliseconds)
            }
        }
    }

    private struct Settings {
        var whole: Setting
        var sandboxes: [String: Setting] = [:]
    }

    private let settings: Locked<Settings>
    /// Whether any clock was ever moved, so that the usual request asks no lock.
    private let isMoved = Atomic(false)

    /// A clock that follows the system's, or one that stands still at an instant, in milliseconds since 1970 UTC.
    package init(at instant: Int64? = nil) {
        settings = Locked(Settings(whole: instant.map(Setting.frozen) ?? .system))
        isMoved.store(instant != nil, ordering: .relaxed)
    }

    /// Milliseconds since 1970 UTC.
    package var now: Int64 { now(in: nil) }

    /// Milliseconds since 1970 UTC in a sandbox.
    package func now(in sandbox: String?) -> Int64 {
        guard isMoved.load(ordering: .acquiring) else { return Self.system }
        return settings.withLock { settings in
            (sandbox.flatMap { settings.sandboxes[$0] } ?? settings.whole).now(Self.system)
        }
    }

    /// Whether a sandbox's time is another than the system's.
    package func isMoved(in sandbox: String?) -> Bool {
        guard isMoved.load(ordering: .acquiring) else { return false }
        return settings.withLock { settings in
            if case .system = sandbox.flatMap({ settings.sandboxes[$0] }) ?? settings.whole { false } else { true }
        }
    }

    /// Stops the clock of a sandbox, or the whole one, at an instant, in milliseconds since 1970 UTC.
    package func freeze(at instant: Int64, in sandbox: String? = nil) {
        change(sandbox) { _ in .frozen(instant) }
    }

    /// Sets the clock of a sandbox, or the whole one, to an instant from which it goes on.
    package func set(to instant: Int64, in sandbox: String? = nil) {
        change(sandbox) { _ in .shifted(instant - Self.system) }
    }

    /// Moves the clock of a sandbox, or the whole one, on by milliseconds; a frozen one stays frozen.
    package func advance(by milliseconds: Int64, in sandbox: String? = nil) {
        change(sandbox) { $0.advanced(by: milliseconds) }
    }

    /// Lets the clock of a sandbox follow the whole one again, or the whole one the system's, and with it every
    /// sandbox.
    package func reset(_ sandbox: String? = nil) {
        settings.withLock { settings in
            if let sandbox { settings.sandboxes[sandbox] = nil } else { settings = Settings(whole: .system) }
        }
    }

    private func change(_ sandbox: String?, _ next: (Setting) -> Setting) {
        settings.withLock { settings in
            if let sandbox {
                settings.sandboxes[sandbox] = next(settings.sandboxes[sandbox] ?? settings.whole)
            } else {
                settings.whole = next(settings.whole)
            }
        }
        isMoved.store(true, ordering: .releasing)
    }

    private static var system: Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
