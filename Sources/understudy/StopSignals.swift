import Glibc
import HTTPServer

/// SIGTERM and SIGINT, taken one at a time by whoever waits instead of breaking in anywhere.
struct StopSignals: Sendable {
    private let signals: sigset_t

    /// Holds the signals back in this thread and in all that it starts from here on.
    init() {
        var set = sigset_t()
        unsafe sigemptyset(&set)
        unsafe sigaddset(&set, SIGTERM)
        unsafe sigaddset(&set, SIGINT)
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        signals = set
    }

    /// Returns when one of the signals has come.
    func wait() {
        var set = signals
        var received: Int32 = 0
        while unsafe sigwait(&set, &received) != 0 {}
    }

    /// From here on one more signal ends the process at once.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    func exitAtOnceOnTheNext() throws(SystemError) {
        try startThread { [self] in
            wait()
            _exit(1)
        }
    }
}
