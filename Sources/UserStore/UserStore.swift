internal import SQLite
internal import Synchronization

/// Holds the users of all vendors: one SQLite database, one writer behind a lock, any number of threads.
///
/// ```swift
/// let store = try UserStore(at: .file("understudy.sqlite"), durability: .normal)
/// let (answer, failure) = store.batch { batch in
///     batch.request { batch in … }
/// }
/// ```
/// The store knows no HTTP and no JSON. Everything in it belongs to a sandbox and a vendor, and remembers the request
/// that made it.
package final class UserStore: Sendable {
    private let opening: Opening
    private let numbers: RequestNumbers
    private let guarded: Guarded
    private let checkpointer: Checkpointer
    // Frames in the log at which the next checkpoint is asked for.
    private let nextCheckpoint: Atomic<Int>
    private let softFrames: Int
    private let longFrames: Int
    private let hardFrames: Int
    private let quietFrames = 1_000
    // Frames in the log as of the last sweep.
    private let sweptFrames = Atomic(0)

    /// Opens the store, making its file or bringing an older one up to date.
    /// - Throws: `StoreError`: a folder or permission is missing, the disk is full, or the file is not ours, newer,
    ///   damaged or locked.
    package init(
        at location: StoreLocation, durability: Durability = .normal, sizes: StoreSizes = StoreSizes()
    ) throws(StoreError) {
        opening = Opening(location: location, durability: durability, sizes: sizes)
        numbers = RequestNumbers()
        guarded = Guarded(try opening.run(numbers: numbers))
        checkpointer = Checkpointer(opening: opening, store: guarded)
        softFrames = max(1, sizes.softLog / sizes.page)
        hardFrames = max(1, sizes.hardLog / sizes.page)
        longFrames = min(3 * softFrames, hardFrames)
        nextCheckpoint = Atomic(softFrames)
    }

    deinit {
        close()
    }

    /// Takes the number for a request: small, growing, and never again that of a request which the file remembers.
    ///
    /// It takes no lock, and may be called inside a batch.
    package func nextRequestNumber() -> Int64 {
        numbers.next()
    }

    /// Runs `body` alone and commits once what it wrote.
    ///
    /// - Returns: what `body` returns, and, when nothing of the batch could be kept, the reason: then every answer that
    ///   `Batch.touchedTransaction` was true for must not be sent.
    /// - Precondition: the store is open, and the thread is not in a batch already.
    package func batch<R>(_ body: (inout Batch) -> R) -> (result: R, failure: StoreError?) {
        let done = guarded.use { batch in
            let result = body(&batch)
            let failure = batch.finish()
            boundLog(&batch)
            return (result: result, failure: failure, frames: batch.framesInLog)
        }
        guard let done else { fatalError("a batch on a closed store") }
        if done.frames >= nextCheckpoint.load(ordering: .relaxed) {
            // Again only after as much more: a reader of an old state would make every attempt vain.
            nextCheckpoint.store(done.frames + softFrames, ordering: .relaxed)
            checkpointer.ask()
        } else if done.frames < softFrames {
            nextCheckpoint.store(softFrames, ordering: .relaxed)
        }
        return (done.result, done.failure)
    }

    /// Puts the background's checkpoint off while the log is shorter than the file, and makes the writer itself empty a
    /// log that has outgrown the background.
    private func boundLog(_ batch: inout Batch) {
        let frames = batch.framesInLog
        guard frames >= nextCheckpoint.load(ordering: .relaxed) else { return }
        if frames >= hardFrames {
            // Not waiting for a foreign reader: it might read for longer than our clients wait.
            _ = try? batch.checkpoint(.passive)
        } else if frames < longFrames, let pages = try? batch.pages(), frames < pages {
            nextCheckpoint.store(min(pages, longFrames), ordering: .relaxed)
        }
    }

    /// Looks at a bounded number of idempotency keys, removes those whose life is over, and has a small log copied too
    /// when hardly anything was written since the last sweep.
    ///
    /// To be called about once a second, never inside a batch.
    /// - Parameters:
    ///   - limit: how many keys to look at; the next call goes on after them.
    ///   - lifetime: milliseconds from a key's first use.
    ///   - now: a sandbox's time in Unix milliseconds.
    /// - Returns: how many were removed.
    /// - Throws: `StoreError`; nothing was removed then.
    @discardableResult
    package func sweep(
        limit: Int = 256, lifetime: Int64 = IdempotencyRecord.lifetime, now: (SandboxID) -> Int64
    ) throws(StoreError) -> Int {
        let (result, failure) = batch { batch in
            Result { () throws(StoreError) in
                try batch.request { batch throws(StoreError) in
                    try batch.sweep(limit: limit, lifetime: lifetime, now: now)
                }
            }
        }
        if let failure { throw failure }
        let frames = guarded.use { batch in batch.framesInLog } ?? 0
        let written = frames - sweptFrames.exchange(frames, ordering: .relaxed)
        // A short log makes the next start quick, should the process be killed. Beside a busy writer a checkpoint each
        // second copies most pages anew: with a million users it took 11 µs a create, and takes 7 (CPU time, the least
        // of five runs in turns).
        if frames > quietFrames, (0...quietFrames / 10).contains(written) { checkpointer.ask() }
        return try result.get()
    }

    /// What `/healthz` says about the store.
    package func status() -> StoreStatus {
        let page = Int64(opening.sizes.page)
        let (bytes, log, failure) =
            guarded.use { batch in
                (Int64((try? batch.pages()) ?? 0) * batch.pageSize, Int64(batch.framesInLog) * page, batch.lastError)
            } ?? (0, 0, nil)
        return StoreStatus(
            file: opening.file, durability: opening.durability, bytes: bytes, logBytes: log,
            lastError: failure ?? checkpointer.lastError)
    }

    /// Ends the checkpoint thread, empties the log and closes the file; once, and never inside a batch.
    package func close() {
        checkpointer.stop()
        _ = guarded.close()
    }
}

/// What the store says about itself; cheap to ask for.
package struct StoreStatus: Hashable, Sendable {
    /// The file as it was given, or `:memory:`.
    package let file: String
    /// What a committed batch survives.
    package let durability: Durability
    /// Bytes of the database without its log.
    package let bytes: Int64
    /// Bytes of the log that the next checkpoint goes through.
    package let logBytes: Int64
    /// The failure of the database since the last batch that was committed, if there was one.
    package let lastError: StoreError?
}
