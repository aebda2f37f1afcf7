import Glibc
import HTTPServer
import UserStore
import VendorKit

/// Does what may wait: once a second it removes a few idempotency keys whose time is over.
final class Housekeeper: Sendable {
    private let isStopped = Locked(false)

    /// Starts keeping a store.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    init(_ store: UserStore, _ clock: Clock, _ reporter: any Reporter) throws(SystemError) {
        try startThread { [self] in
            while true {
                sleep(1)
                // Under the lock, so that nobody closes the store in the middle.
                let goesOn = isStopped.withLock { isStopped in
                    guard !isStopped else { return false }
                    do throws(StoreError) {
                        try sweep(store, clock)
                    } catch {
                        reporter.failed("\(error)")
                    }
                    return true
                }
                guard goesOn else { return }
            }
        }
    }

    /// Removes expired keys, each by its own sandbox's time: a test may have set that back.
    private func sweep(_ store: UserStore, _ clock: Clock) throws(StoreError) {
        let (listed, _) = store.batch { batch in try? batch.allSandboxes() }
        let names = Dictionary((listed ?? []).map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        try store.sweep { clock.now(in: names[$0]) }
    }

    /// Ends it; when this returns, the store is left alone.
    func stop() {
        isStopped.withLock { $0 = true }
    }
}
