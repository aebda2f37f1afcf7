import HTTPServer
package import VendorKit

/// The last exchanges with the vendors, in memory: bounded in number and in bytes, and gone with the process.
package final class Journal: Reporter {
    private let kept: Locked<Kept>
    /// The most exchanges that are kept; 0 keeps none.
    let capacity: Int
    /// Keeps so many exchanges.
    package init(capacity: Int = 1000) {
        self.capacity = capacity
        kept = Locked(Kept(ring: ExchangeRing(capacity: capacity)))
    }

    package func finished(_ exchanges: [Exchange]) {
        guard capacity > 0 else { return }
        let (waiting, all) = kept.withLock { kept in
            // The number is there exactly when the request was for a vendor.
            let new = exchanges.span
            for index in new.indices where new[index].number != nil { kept.ring.append(new[index]) }
            kept.waiters.removeAll { $0.deferred.isOver }
            let waiting = kept.waiters.filter { waiter in exchanges.contains(where: waiter.concerns) }
            return (waiting, waiting.isEmpty ? [] : kept.ring.all)
        }
        for waiter in waiting { waiter.look(at: all) }
    }

    /// Answers an expectation as soon as it is met, and when the time is over.
    func answer(_ expectation: Expectation, within time: Duration) -> Response {
        let deferred = DeferredResponse(within: time) { [self] in expectation.answer(exchanges) }
        let waiter = Waiter(expectation: expectation, deferred: deferred)
        // In one step, so that no exchange is missed in between.
        let all = kept.withLock { kept in
            kept.waiters.removeAll { $0.deferred.isOver }
            kept.waiters.append(waiter)
            return kept.ring.all
        }
        waiter.look(at: all)
        return Response(deferred)
    }

    package func failed(_ message: String) {}

    /// The exchanges that are still kept, oldest first.
    var exchanges: [Exchange] { kept.withLock { $0.ring.all } }

    /// The exchange of a request's number, if it is still kept.
    func exchange(_ number: Int64) -> Exchange? {
        kept.withLock { $0.ring.exchange(number) }
    }

    /// Forgets all exchanges, or those of one sandbox.
    func clear(sandbox: String?) {
        kept.withLock { kept in
            let others = sandbox == nil ? [] : kept.ring.all.filter { $0.sandbox != sandbox }
            kept.ring = ExchangeRing(capacity: capacity)
            for exchange in others { kept.ring.append(exchange) }
        }
    }
}

/// Exchanges, and who waits for more of them.
private struct Kept {
    var ring: ExchangeRing
    var waiters: [Waiter] = []
}

/// A request that waits for others.
private struct Waiter {
    let expectation: Expectation
    let deferred: DeferredResponse

    /// Whether an exchange may be what is waited for.
    func concerns(_ exchange: Exchange) -> Bool {
        exchange.number != nil && expectation.filter.misses(exchange).isEmpty
    }

    func look(at exchanges: [Exchange]) {
        if let response = expectation.met(by: exchanges) { deferred.resolve(response) }
    }
}
