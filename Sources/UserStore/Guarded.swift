internal import SQLite
internal import Synchronization

/// The store's lock and what it guards, shared by the store and its checkpoint thread.
final class Guarded: Sendable {
    private let batch: Mutex<Batch?>
    // Under contention a Mutex is taken inside the runtime's library, which ThreadSanitizer does not see into; these two
    // words tell it what the lock already guarantees. They cost a nanosecond a turn.
    private let turns = Atomic(0)

    init(_ batch: consuming Batch) {
        self.batch = Mutex(batch)
    }

    /// Runs `body` under the lock; nil after the store is closed.
    func use<R>(_ body: (inout Batch) -> R) -> R? {
        var result: R?
        batch.withLock { batch in
            _ = turns.load(ordering: .acquiring)
            defer { turns.store(0, ordering: .releasing) }
            guard batch != nil else { return }
            result = body(&batch!)
        }
        return result
    }

    /// Keeps the writer out while `body` runs.
    func pausing(_ body: () throws(SQLiteError) -> Void) throws(SQLiteError) {
        var failure: SQLiteError?
        batch.withLock { _ in
            _ = turns.load(ordering: .acquiring)
            defer { turns.store(0, ordering: .releasing) }
            do throws(SQLiteError) { try body() } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Closes the connection; false when it was closed before.
    func close() -> Bool {
        batch.withLock { batch in
            _ = turns.load(ordering: .acquiring)
            guard batch != nil else { return false }
            batch!.wrapUp()
            batch = nil
            return true
        }
    }
}
