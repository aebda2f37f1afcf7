import Glibc
import HTTPServer
import Synchronization
import UserStore
import VendorKit

/// Does what may wait: once a second it removes a few idempotency keys whose time is over.
final class Housekeeper: Sendable {
    private let isStopped = Atomic(false)

    /// Starts keeping a store.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    init(_ store: UserStore, _ clock: Clock, _ reporter: any Reporter) throws(SystemError) {
        try startThread { [self] in
            while true {
                sleep(1)
                guard !isStopped.load(ordering: .relaxed) else { return }
                do throws(StoreError) {
                    try store.sweep { _ in clock.now }
                } catch {
                    reporter.failed("\(error)")
                }
            }
        }
    }

    /// Ends it.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
    }
}
