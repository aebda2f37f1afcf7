import Glibc

/// A command that this process has started.
struct Child {
    private let pid: pid_t

    /// Starts a command, looked for in `PATH`, that sees signals as if there were nobody between it and its user.
    ///
    /// - Parameters:
    ///   - command: its name and its arguments.
    ///   - environment: its variables, each `NAME=value`.
    init(_ command: [String], _ environment: [String]) throws(ChildError) {
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        unsafe sigemptyset(&none)
        var ours = sigset_t()
        unsafe sigemptyset(&ours)
        for signal in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGCHLD] { unsafe sigaddset(&ours, signal) }
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &ours)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        var words = unsafe command.map { unsafe strdup($0) } + [nil]
        var variables = unsafe environment.map { unsafe strdup($0) } + [nil]
        defer { unsafe (words + variables).forEach { unsafe free($0) } }
        var pid: pid_t = 0
        let problem = unsafe posix_spawnp(&pid, command[0], nil, &attributes, &words, &variables)
        guard problem == 0 else {
            throw ChildError(message: unsafe String(cString: strerror(problem)))
        }
        self.pid = pid
    }

    /// Waits until it has ended, and passes signals on to it meanwhile.
    ///
    /// - Returns: its exit code, or 128 and the number of the signal that ended it.
    func wait(_ signals: ChildSignals) -> Int32 {
        while true {
            let signal = signals.next()
            if signal != SIGCHLD { kill(pid, signal) }
            var status: Int32 = 0
            if unsafe waitpid(pid, &status, WNOHANG) == pid {
                let number = status & 0x7F
                return number == 0 ? status >> 8 & 0xFF : 128 + number
            }
        }
    }
}

/// Why a command could not be started.
struct ChildError: Error {
    let message: String
}

/// The signals that matter while a command runs: its end, and what is to be passed on to it.
struct ChildSignals: Sendable {
    private let signals: sigset_t

    /// Holds the signals back in this thread and in all that it starts from here on.
    init() {
        // Whoever ignores SIGCHLD never learns how a child ended, and we may have been started so.
        signal(SIGCHLD, SIG_DFL)
        var set = sigset_t()
        unsafe sigemptyset(&set)
        for signal in [SIGINT, SIGTERM, SIGCHLD] { unsafe sigaddset(&set, signal) }
        unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
        signals = set
    }

    /// Waits for the next one.
    ///
    /// Ctrl-C is left out: the terminal has sent it to the command too, and twice would mean "at once" to many.
    func next() -> Int32 {
        var set = signals
        while true {
            var info = unsafe siginfo_t()
            let signal = unsafe sigwaitinfo(&set, &info)
            let isFromTerminal = unsafe info.si_code > 0
            if signal == SIGCHLD || signal > 0 && !isFromTerminal { return signal }
        }
    }
}
