internal import Glibc
internal import SQLite
internal import Synchronization

/// The thread that copies the log into the database file, with a connection of its own, while the writer goes on.
///
/// SQLite begins the log anew only when all of it is copied
/// (https://sqlite.org/wal.html#avoiding_excessively_large_wal_files), which never happens beside a busy writer. So the
/// bulk is copied beside it, and the last few frames while the writer waits.
final class Checkpointer: Sendable {
    private let opening: Opening
    private let store: Guarded
    private let work = Semaphore()
    private let isAsked = Atomic(false)
    private let isStopping = Atomic(false)
    private let thread = Mutex<pthread_t?>(nil)
    private let failure = Mutex<StoreError?>(nil)

    // A pass of so few frames takes little more than its two flushes of the disk, so a further one would not find
    // fewer.
    private static let lastFrames = 500
    // As many as the writer may wait for where passes find no fewer: about 50 ms.
    private static let fewFrames = 5_000
    private static let passes = 8

    init(opening: Opening, store: Guarded) {
        self.opening = opening
        self.store = store
    }

    /// What the last pass failed with.
    var lastError: StoreError? {
        failure.withLock { $0 }
    }

    /// Asks for a checkpoint and returns at once; the first call starts the thread.
    func ask() {
        guard !isAsked.exchange(true, ordering: .acquiringAndReleasing) else { return }
        thread.withLock { thread in
            if thread == nil { thread = start() }
        }
        work.signal()
    }

    /// Ends the thread and waits for it; what it has not copied stays in the log.
    func stop() {
        isStopping.store(true, ordering: .releasing)
        work.signal()
        let running = thread.withLock { thread in thread.take() }
        if let running { _ = pthread_join(running, nil) }
    }

    private func start() -> pthread_t? {
        // A thread that takes a signal would take it from the program's own handling.
        var all = sigset_t()
        var before = sigset_t()
        unsafe sigfillset(&all)
        unsafe pthread_sigmask(SIG_BLOCK, &all, &before)
        defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self)
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Checkpointer>.fromOpaque(context).takeRetainedValue().run()
                return nil
            }, context.toOpaque())
        guard code == 0 else {
            unsafe context.release()
            return nil
        }
        return thread
    }

    private func run() {
        var database: Database?
        while true {
            work.wait()
            if isStopping.load(ordering: .acquiring) { return }
            do throws(StoreError) {
                if database == nil { database = try connect() }
                try copy(with: &database!)
                failure.withLock { $0 = nil }
            } catch {
                failure.withLock { $0 = error }
                database = nil
            }
            isAsked.store(false, ordering: .releasing)
        }
    }

    private func connect() throws(StoreError) -> Database {
        var database = try opening.connect()
        // A connection that has read nothing yet has not found the log, and would checkpoint nothing.
        do throws(SQLiteError) {
            _ = try database.integer("SELECT count(*) FROM sqlite_schema")
        } catch {
            throw StoreError(error, file: opening.file)
        }
        return database
    }

    private func copy(with database: inout Database) throws(StoreError) {
        do throws(SQLiteError) {
            var before = 0
            var found = Int.max
            for _ in 0..<Checkpointer.passes {
                let result = try database.checkpoint(.passive)
                // Somebody reads an old state of the file: what is left waits for the next time.
                if result.copied < result.frames || isStopping.load(ordering: .acquiring) { return }
                // The writer fills the log almost as fast as it is copied: a further pass would not find much less, and
                // a page that the log has again is copied again.
                let isChase = result.copied - before > found / 4 * 3
                found = result.copied - before
                if found <= Checkpointer.lastFrames || (isChase && found <= Checkpointer.fewFrames) { break }
                // SQLite flushes the file when all is copied, and then the writer waits.
                if found > Checkpointer.fewFrames { try database.flush() }
                before = result.copied
            }
            try store.pausing { () throws(SQLiteError) in _ = try database.checkpoint(.passive) }
        } catch {
            throw StoreError(error, file: opening.file)
        }
    }
}
