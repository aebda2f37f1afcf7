import CLinux
import Glibc

/// An epoll instance, level-triggered: what a turn leaves unread is reported again.
struct Poller: ~Copyable, Sendable {
    struct Flags: OptionSet {
        let rawValue: UInt32
        static let readable = Flags(rawValue: EPOLLIN.rawValue)
        static let writable = Flags(rawValue: EPOLLOUT.rawValue)
        /// Reported unasked: the connection is broken or both its directions are closed.
        static let over = Flags(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
        /// Of several loops that wait for one listener, not all are woken by each connection.
        static let exclusive = Flags(rawValue: EPOLLEXCLUSIVE.rawValue)
    }

    /// Room for the events of one turn.
    struct Events {
        fileprivate var list = [clinux_event](repeating: clinux_event(), count: Int(CLINUX_EVENTS_AT_ONCE))

        func descriptor(at index: Int) -> Int32 { list[index].descriptor }
        func flags(at index: Int) -> Flags { Flags(rawValue: list[index].flags) }
    }

    private let epoll: Descriptor

    init() throws(SystemError) {
        epoll = Descriptor(owning: Int32(try throwingSystemCall { epoll_create1(Int32(EPOLL_CLOEXEC)) }))
    }

    func add(_ descriptor: Int32, _ flags: Flags) throws(SystemError) {
        try throwingSystemCall { clinux_epoll_set(epoll.number, EPOLL_CTL_ADD, descriptor, flags.rawValue) }
    }

    func change(_ descriptor: Int32, _ flags: Flags) throws(SystemError) {
        try throwingSystemCall { clinux_epoll_set(epoll.number, EPOLL_CTL_MOD, descriptor, flags.rawValue) }
    }

    func remove(_ descriptor: Int32) {
        _ = systemCall { clinux_epoll_set(epoll.number, EPOLL_CTL_DEL, descriptor, 0) }
    }

    /// Waits for events, for ever where `milliseconds` is -1, and says how many of `events` were filled in.
    func wait(_ events: inout Events, milliseconds: Int32) -> Int {
        let result = systemCall { unsafe clinux_epoll_wait(epoll.number, &events.list, milliseconds) }
        if case .value(let count) = result { return count }
        return 0
    }
}
