internal import SQLite

/// The store while its lock is held: what one turn of the event loop reads and writes, committed once at the end.
///
/// The first write opens the transaction. Every write goes into ``request(_:)``, which undoes that request alone when
/// it fails: rows that it only inserted by removing them, everything else by a savepoint. Reads may stand outside; they see what earlier requests of the batch wrote, and `touchedTransaction` tells
/// whose answer depends on that.
package struct Batch: ~Copyable, Sendable {
    let file: String
    var sandboxes: SandboxTable
    var users: UserTable
    var memberships: MembershipTable
    var claims: Claims
    var records: RecordTable
    var events: EventTable
    var transaction: Transaction

    private var meta: Meta
    // Prepared once: a health check asks for it each time.
    private var pageCount: Statement
    let pageSize: Int64
    let numbers: RequestNumbers
    private var reserved: Int64
    // Why nothing more can be written in this batch.
    private var failure: StoreError?
    private(set) var lastError: StoreError?
    private var inRequest = false
    private var mustUndo = false
    // Rows that the current request has inserted outside of a savepoint.
    private var inserted: [InsertedRow] = []
    // Who hears of committed events, and what it is to hear of: kept only while there is somebody.
    var eventObserver: EventObserver?
    var recordedEvents: [RecordedEvent] = []
    private var recordedBefore = 0
    // What is remembered came from this request's own writes: a new sandbox's number, ordinals from 1 after a reset.
    var mustForget = false
    private var hasLookedForOthers = false
    // The last idempotency record that a sweep has looked at.
    var swept: Int64 = 0

    /// Whether the current request read or wrote while the transaction was open: then its answer is true only if the
    /// batch is committed.
    package private(set) var touchedTransaction = false

    init(
        database: consuming Database, meta: consuming Meta, numbers: RequestNumbers, reserved: Int64, file: String,
        pageSize: Int64, recentClaims: Int
    ) {
        sandboxes = SandboxTable(in: database)
        users = UserTable(in: database)
        memberships = MembershipTable(in: database)
        claims = Claims(secret: meta.claimSecret, limit: recentClaims, in: database)
        records = RecordTable(in: database)
        events = EventTable(in: database)
        pageCount = Statement("PRAGMA page_count", in: database)
        self.pageSize = pageSize
        transaction = Transaction(database: database)
        self.meta = meta
        self.numbers = numbers
        self.reserved = reserved
        self.file = file
    }

    /// Runs one request's work, and undoes all that it wrote, and nothing else, when `body` throws or a write in it
    /// failed.
    ///
    /// Requests do not nest. An id taken by `nextUserID` and lost in this way is given out again.
    /// - Throws: what `body` throws.
    package mutating func request<R, E: Error>(_ body: (inout Batch) throws(E) -> R) throws(E) -> R {
        precondition(!inRequest, "a request inside a request")
        inRequest = true
        mustUndo = false
        mustForget = false
        touchedTransaction = false
        recordedBefore = recordedEvents.count
        defer { endRequest() }
        do throws(E) {
            return try body(&self)
        } catch {
            mustUndo = true
            throw error
        }
    }

    private mutating func endRequest() {
        inRequest = false
        defer { inserted.removeAll(keepingCapacity: true) }
        do throws(SQLiteError) {
            if mustUndo {
                recordedEvents.removeLast(max(0, recordedEvents.count - recordedBefore))
                claims.undoRequest()
                if mustForget { forget() }
                if transaction.hasSavepoint {
                    try transaction.undoMarked()
                    // Users went with it: their ordinals must be given out again, or nothing would count the gap.
                    users.forget()
                }
                for row in inserted.reversed() { try remove(row) }
            } else {
                claims.keepRequest()
                if transaction.hasSavepoint { try transaction.keepMarked() }
            }
        } catch {
            // Nobody knows what is kept now, so nothing may be.
            giveUp(StoreError(error, file: file))
        }
    }

    private mutating func remove(_ row: InsertedRow) throws(SQLiteError) {
        switch row {
        case .user(let id): try users.takeBack(id)
        case .record(let id): try records.remove(id)
        case .event(let id): try events.takeBack(id)
        }
    }

    /// Writes inside the batch's transaction and the request's savepoint, opening both where they are not.
    mutating func write<R>(_ body: (inout Batch) throws(SQLiteError) -> R) throws(StoreError) -> R {
        try insert { batch throws(SQLiteError) in
            try batch.mark()
            return try body(&batch)
        }
    }

    /// Writes inside the batch's transaction, opening it where it is not, and does without a savepoint: `body` inserts
    /// rows and does nothing else, and says of each of them that it ``did(insert:)``.
    ///
    /// A savepoint makes SQLite copy each page before the request's first change to it: without one, a user with three
    /// claims takes 48,800 instructions instead of 60,200 (callgrind), and the median batch of 40 0.58 ms, not 0.63.
    mutating func insert<R>(_ body: (inout Batch) throws(SQLiteError) -> R) throws(StoreError) -> R {
        // Outside of a request nothing would undo a write that fails halfway.
        precondition(inRequest, "a write outside of Batch.request")
        if let failure { throw failure }
        do throws(SQLiteError) {
            if !transaction.isOpen { try open() }
            touchedTransaction = true
            return try body(&self)
        } catch {
            throw failed(error)
        }
    }

    /// Runs a transaction of its own, outside of requests and of the batch's other writes, committed when it returns.
    ///
    /// Without a savepoint, so that the cache bounds its memory (see ``Transaction``): resetting a million users takes
    /// 33 MiB, and took 614 inside of a request.
    mutating func alone<R>(_ body: (inout Batch) throws(SQLiteError) -> R) throws(StoreError) -> R {
        precondition(!inRequest && !transaction.isOpen, "a transaction inside another")
        let result: R
        do throws(SQLiteError) {
            try open(spilling: true)
            result = try body(&self)
        } catch {
            let reason = StoreError(error, file: file)
            giveUp(reason)
            throw reason
        }
        claims.keepRequest()
        if let failure = finish() { throw failure }
        forget()
        return result
    }

    /// Opens the request's savepoint, where it is not open, for what cannot be undone by removing rows.
    mutating func mark() throws(SQLiteError) {
        if !transaction.hasSavepoint { try transaction.mark() }
    }

    /// Notes a row to be removed should the request be undone.
    mutating func did(insert row: InsertedRow) {
        // What is inside of the savepoint goes with it.
        if !transaction.hasSavepoint { inserted.append(row) }
    }

    /// Reads, and notes whether what is read may still be undone.
    mutating func read<R>(_ body: (inout Batch) throws(SQLiteError) -> R) throws(StoreError) -> R {
        if transaction.isOpen { touchedTransaction = true }
        do throws(SQLiteError) {
            return try body(&self)
        } catch {
            throw failed(error)
        }
    }

    /// Reads claims, those too that another process has written since the last batch: what is remembered of them is
    /// looked at again once a batch.
    mutating func readClaims<R>(_ body: (inout Batch) throws(SQLiteError) -> R) throws(StoreError) -> R {
        try read { batch throws(SQLiteError) in
            if !batch.transaction.isOpen, !batch.hasLookedForOthers {
                if try batch.transaction.othersHaveCommitted() { try batch.forgetOthers() }
                batch.hasLookedForOthers = true
            }
            return try body(&batch)
        }
    }

    /// Forgets what another process may have changed.
    private mutating func forgetOthers() throws(SQLiteError) {
        forget()
        claims.forget()
        // It may have put a whole store in the place of this one.
        claims.secret = try Meta.secret(of: &transaction.database)
    }

    /// Sees to it that nothing of this request is kept, whatever its answer.
    mutating func refuse() {
        mustUndo = true
    }

    /// Forgets what is remembered of the database's content, but for claims, which remember what to undo themselves.
    mutating func forget() {
        sandboxes.forget()
        users.forget()
        records.forget()
        events.forget()
    }

    private mutating func open(spilling: Bool = false) throws(SQLiteError) {
        do throws(SQLiteError) {
            if try transaction.open(spilling: spilling) { try forgetOthers() }
            guard numbers.used + RequestNumbers.block / 2 > reserved else { return }
            reserved = try meta.reserveRequests(after: numbers.used, count: RequestNumbers.block)
            // Another process has taken the block between: go on after it.
            numbers.skip(to: reserved - RequestNumbers.block)
        } catch {
            // Each further attempt might wait for the busy timeout again, with the whole loop waiting.
            giveUp(StoreError(error, file: file))
            throw error
        }
    }

    private mutating func failed(_ error: SQLiteError) -> StoreError {
        let failure = StoreError(error, file: file)
        lastError = failure
        mustUndo = true
        if transaction.isLost { giveUp(failure) }
        return failure
    }

    private mutating func giveUp(_ reason: StoreError) {
        failure = reason
        lastError = reason
        transaction.drop()
        inserted.removeAll(keepingCapacity: true)
        recordedEvents = []
        reserved = 0
        forget()
        claims.forget()
    }

    /// Commits what the batch wrote; the reason when nothing of it was kept.
    mutating func finish() -> StoreError? {
        if transaction.isOpen {
            do throws(SQLiteError) {
                try claims.write()
                try transaction.keep()
                // What failed before was passing: a full disk that has room again, a file that is no longer locked.
                lastError = nil
                announceEvents()
            } catch {
                giveUp(StoreError(error, file: file))
            }
        }
        defer { failure = nil }
        hasLookedForOthers = false
        return failure
    }

    /// Goes on counting requests after a number, in an open transaction.
    mutating func skipRequests(to number: Int64) throws(SQLiteError) {
        reserved = try meta.reserveRequests(after: max(number, numbers.used), count: RequestNumbers.block)
        numbers.skip(to: reserved - RequestNumbers.block)
    }

    /// Copies the log into the file.
    mutating func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) -> CheckpointResult {
        try transaction.database.checkpoint(mode)
    }

    /// Prepares for closing: gives unused request numbers back and empties the log.
    mutating func wrapUp() {
        _ = try? meta.giveBackRequests(used: numbers.used, reserved: reserved)
        _ = try? transaction.database.checkpoint(.truncate)
    }

    /// Frames in the log as of the last commit.
    var framesInLog: Int {
        mutating get { transaction.database.framesInLog }
    }

    /// Pages of the database without its log, as it will be after a checkpoint.
    mutating func pages() throws(SQLiteError) -> Int {
        Int(try pageCount.first { row in row.integer(0) } ?? 0)
    }
}

/// A row that a request inserted, by what finds it again.
enum InsertedRow: Sendable {
    case user(Int64)
    case record(Int64)
    case event(Int64)
}
