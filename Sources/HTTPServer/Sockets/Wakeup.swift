import CLinux
import Glibc

/// An event counter by which other threads wake a loop, or wait for it.
package struct Wakeup: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Makes one that is unreadable.
    package init() throws(SystemError) {
        let flags = Int32(EFD_NONBLOCK | EFD_CLOEXEC)
        descriptor = Descriptor(owning: Int32(try throwingSystemCall { eventfd(0, flags) }))
    }

    var number: Int32 { descriptor.number }

    /// Makes the descriptor readable, from any thread.
    package func signal() {
        _ = systemCall { eventfd_write(descriptor.number, 1) }
    }

    /// Makes it unreadable again.
    package func clear() {
        var count: eventfd_t = 0
        _ = systemCall { unsafe eventfd_read(descriptor.number, &count) }
    }

    /// Blocks until it is readable and leaves it so, so that any number of threads may wait.
    ///
    /// - Parameter milliseconds: how long at most; -1 for as long as it takes.
    package func wait(milliseconds: Int32 = -1) {
        var request = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
        _ = systemCall { unsafe poll(&request, 1, milliseconds) }
    }
}
