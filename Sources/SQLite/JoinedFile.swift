internal import CSQLite

/// A write-ahead log whose adjacent writes are joined, or its database, which tells when a transaction is over; SQLite's
/// own file stands behind it in memory.
///
/// Nothing is held that anybody believes to be written. A log's frames, each a header of 24 bytes and a page
/// (https://sqlite.org/fileformat2.html#walformat), are held up to the one that commits. The write that completes that
/// one hands all of them over, and its result is theirs: SQLite tells nobody of a commit before that write has returned.
/// Frames that no commit has followed may be read again by their own transaction, so every other access to the file hands
/// them over first; when the lock for writing is given back, that transaction was undone and nobody wants them.
///
/// The database's own pages are not held. SQLite may count a page as copied without flushing the file after it
/// (https://sqlite.org/wal.html#checkpointing), so nothing would report that the last of them could not be written.
@safe
struct JoinedFile {
    // First: it is all that SQLite knows of this structure.
    private var base: sqlite3_file
    let real: UnsafeMutablePointer<sqlite3_file>
    private let isLog: Bool
    private var held = HeldWrites()

    // A log's: where the next frame begins, or its page; nil where neither is certain.
    private var next: Int64?
    private var inFrame = false
    private var commits = false

    // A database's log, or a log's database, while it is open.
    var partner: UnsafeMutablePointer<JoinedFile>?

    private static let logHeader = 32
    private static let frameHeader = 24

    /// Stands before `real`, which is open.
    init(real: UnsafeMutablePointer<sqlite3_file>, isLog: Bool, methods: UnsafePointer<sqlite3_io_methods>) {
        let place = unsafe MemoryLayout<JoinedFile>.offset(of: \.base)
        precondition(place == 0)
        unsafe base = sqlite3_file(pMethods: methods)
        unsafe self.real = unsafe real
        self.isLog = isLog
    }

    /// Writes, or holds, the bytes.
    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        unsafe isLog ? writeLog(bytes, at: offset) : writeNow(bytes, at: offset)
    }

    /// Hands over what is held, and goes on with the real file when that succeeds.
    mutating func withAllWritten(_ body: (UnsafeMutablePointer<sqlite3_file>) -> CInt) -> CInt {
        let code = flush()
        return code == SQLITE_OK ? unsafe body(real) : code
    }

    /// Hands over what is held: whatever happens to the file next is to find it there.
    private mutating func flush() -> CInt {
        unsafe held.flush(to: real)
    }

    private mutating func writeLog(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        if offset == next {
            if !inFrame, bytes.count == JoinedFile.frameHeader {
                unsafe held.hold(bytes, at: offset)
                // The size of the database after the transaction, or zeros where it goes on.
                commits = unsafe bytes[4..<8].contains { $0 != 0 }
                inFrame = true
                next = offset + Int64(bytes.count)
                return SQLITE_OK
            }
            if inFrame, isPage(bytes.count) {
                unsafe held.hold(bytes, at: offset)
                inFrame = false
                next = offset + Int64(bytes.count)
                guard commits || held.isFull else { return SQLITE_OK }
                let code = flush()
                if code != SQLITE_OK { next = nil }
                return code
            }
        }
        // The log's first bytes; or a change of what is in it already: a page that the transaction wrote before, and the
        // checksums in the headers of all frames after that.
        inFrame = false
        next = nil
        let code = unsafe writeNow(bytes, at: offset)
        if code == SQLITE_OK, isPage(bytes.count) || (offset == 0 && bytes.count == JoinedFile.logHeader) {
            next = offset + Int64(bytes.count)
        }
        return code
    }

    private mutating func writeNow(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        unsafe withAllWritten { real in unsafe real.write(bytes, at: offset) }
    }

    /// Notes that locks of the shared memory change (https://sqlite.org/walformat.html#locks).
    mutating func lock(_ first: CInt, _ flags: CInt) {
        // Lock 0 is the writer's.
        guard first == 0, flags & SQLITE_SHM_UNLOCK != 0, flags & SQLITE_SHM_EXCLUSIVE != 0 else { return }
        unsafe partner?.pointee.endWriting()
    }

    private mutating func endWriting() {
        guard !held.isEmpty || inFrame else { return }
        held.drop()
        inFrame = false
        next = nil
    }

    /// Whether a write of so many bytes is that of a page.
    private func isPage(_ count: Int) -> Bool {
        count >= 512 && count & (count - 1) == 0
    }
}
