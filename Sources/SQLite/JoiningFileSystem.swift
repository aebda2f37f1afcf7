internal import CSQLite

/// SQLite's view of the operating system (https://sqlite.org/vfs.html), with the adjacent writes to the write-ahead log
/// joined.
///
/// SQLite hands each page that a transaction changed to the log as two writes, a header and the page, and a user with
/// three claims changes three pages. Joined, a create takes 31.7 µs of the processors' time, instead of 37.5, with a
/// thousand users in the store (medians of 8 runs, in turns).
@safe
enum JoiningFileSystem {
    /// The name by which a connection asks for it.
    nonisolated(unsafe) static let name = unsafe UnsafeRawPointer(("understudy" as StaticString).utf8Start)
        .assumingMemoryBound(to: CChar.self)

    /// SQLite's result code for its registration.
    static let registration = register()

    // The system's own file comes after ours in memory.
    private static let ownSize = (MemoryLayout<JoinedFile>.stride + 15) & ~15
    nonisolated(unsafe) private static let system = unsafe sqlite3_vfs_find(nil)

    private static func register() -> CInt {
        guard let system = unsafe system else { return SQLITE_NOTFOUND }
        // The system's functions use no more of the structure that they are called with than this copies.
        let joining = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        unsafe joining.initialize(to: system.pointee)
        unsafe joining.pointee.zName = name
        unsafe joining.pointee.szOsFile += CInt(ownSize)
        unsafe joining.pointee.xOpen = { _, name, file, flags, used in
            guard let file = unsafe file else { return SQLITE_MISUSE }
            return unsafe JoiningFileSystem.open(name, file, flags, used)
        }
        return unsafe sqlite3_vfs_register(joining, 0)
    }

    private static func open(
        _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>, _ flags: CInt,
        _ used: UnsafeMutablePointer<CInt>?
    ) -> CInt {
        guard flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL) != 0 else {
            return unsafe openDirectly(name, file, flags, used)
        }
        let raw = UnsafeMutableRawPointer(file)
        let real = unsafe (raw + ownSize).assumingMemoryBound(to: sqlite3_file.self)
        unsafe real.pointee.pMethods = nil
        unsafe file.pointee.pMethods = nil
        let code = unsafe openDirectly(name, real, flags, used)
        guard code == SQLITE_OK else {
            // Where this is set, the file wants closing (https://sqlite.org/c3ref/io_methods.html).
            if unsafe real.pointee.pMethods != nil { _ = unsafe real.pointee.pMethods.pointee.xClose(real) }
            return code
        }
        // An older interface than the one that is passed on: then the file is used as it is.
        guard unsafe real.pointee.pMethods.pointee.iVersion >= JoinedFile.methods.pointee.iVersion else {
            _ = unsafe real.pointee.pMethods.pointee.xClose(real)
            return unsafe openDirectly(name, file, flags, used)
        }
        let isLog = flags & SQLITE_OPEN_WAL != 0
        let joined = unsafe raw.bindMemory(to: JoinedFile.self, capacity: 1)
        unsafe joined.initialize(to: JoinedFile(real: real, isLog: isLog, methods: JoinedFile.methods))
        if isLog, let database = unsafe sqlite3_database_file_object(name) {
            unsafe JoinedFile.pair(joined, with: database)
        }
        return SQLITE_OK
    }

    private static func openDirectly(
        _ name: UnsafePointer<CChar>?, _ file: UnsafeMutablePointer<sqlite3_file>, _ flags: CInt,
        _ used: UnsafeMutablePointer<CInt>?
    ) -> CInt {
        unsafe system.map { system in unsafe system.pointee.xOpen(system, name, file, flags, used) } ?? SQLITE_CANTOPEN
    }
}
