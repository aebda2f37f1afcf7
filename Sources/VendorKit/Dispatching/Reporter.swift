package import HTTPServer

/// Hears what happens, after it happened.
package protocol Reporter: Sendable {
    /// Takes the exchanges of one turn, once their outcome is settled and before the answers leave.
    ///
    /// An array, because a generic sequence costs 7,000 instructions more in each request: nothing is specialised behind
    /// `any Reporter`.
    func finished(_ exchanges: [Exchange])
    /// Takes the nanoseconds that the commit of a turn took which wrote.
    func committed(in nanoseconds: Int64)
    /// Takes a failure of our own, in words for the operator.
    func failed(_ message: String)
    /// Takes the reason why the server answered a client whose bytes are no request that may be served.
    func refused(_ refusal: Refusal)
}

extension Reporter {
    /// Keeps it to itself.
    package func committed(in nanoseconds: Int64) {}

    /// Keeps it to itself.
    package func refused(_ refusal: Refusal) {}
}

/// Tells several reporters.
package struct Reporters: Reporter {
    private let all: [any Reporter]

    /// Tells them in this order.
    package init(_ all: [any Reporter]) {
        self.all = all
    }

    package func finished(_ exchanges: [Exchange]) {
        for reporter in all { reporter.finished(exchanges) }
    }

    package func committed(in nanoseconds: Int64) {
        for reporter in all { reporter.committed(in: nanoseconds) }
    }

    package func failed(_ message: String) {
        for reporter in all { reporter.failed(message) }
    }

    package func refused(_ refusal: Refusal) {
        for reporter in all { reporter.refused(refusal) }
    }
}
