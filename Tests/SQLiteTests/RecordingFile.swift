import CSQLite
import Glibc

@testable import SQLite

/// A file in memory that SQLite could use, which notes what is asked of it and fails when it is told to.
@safe
final class RecordingFile {
    /// What was asked, in order: `write OFFSET+COUNT`, `read`, `sync`, `truncate`, `size`, `control`, `unlock`.
    private(set) var calls: [String] = []
    private(set) var bytes: [UInt8] = []
    /// The result code of the writes to come.
    var writeResult = SQLITE_OK
    /// The errno that a write leaves which fails.
    var writeErrno: CInt = 0

    let file: UnsafeMutablePointer<sqlite3_file>
    private let header: UnsafeMutablePointer<Header>

    /// What SQLite's structure begins with, and whose it is.
    @safe
    private struct Header {
        var base: sqlite3_file
        var owner: Unmanaged<RecordingFile>?
    }

    private nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        unsafe methods.initialize(to: sqlite3_io_methods())
        unsafe methods.pointee.iVersion = 3
        unsafe methods.pointee.xWrite = { file, bytes, count, offset in
            let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
            return unsafe RecordingFile.at(file).write(bytes, at: Int(offset))
        }
        unsafe methods.pointee.xRead = { file, _, _, _ in unsafe RecordingFile.at(file).note("read") }
        unsafe methods.pointee.xSync = { file, _ in unsafe RecordingFile.at(file).note("sync") }
        unsafe methods.pointee.xTruncate = { file, _ in unsafe RecordingFile.at(file).note("truncate") }
        unsafe methods.pointee.xFileSize = { file, _ in unsafe RecordingFile.at(file).note("size") }
        unsafe methods.pointee.xFileControl = { file, _, _ in unsafe RecordingFile.at(file).note("control") }
        unsafe methods.pointee.xShmLock = { file, _, _, _ in unsafe RecordingFile.at(file).note("lock") }
        unsafe methods.pointee.xClose = { file in unsafe RecordingFile.at(file).note("close") }
        return unsafe UnsafePointer(methods)
    }()

    init() {
        unsafe header = .allocate(capacity: 1)
        unsafe header.initialize(to: Header(base: sqlite3_file(pMethods: RecordingFile.methods), owner: nil))
        unsafe file = UnsafeMutableRawPointer(header).assumingMemoryBound(to: sqlite3_file.self)
        unsafe header.pointee.owner = Unmanaged.passUnretained(self)
    }

    deinit {
        unsafe header.deallocate()
    }

    private static func at(_ file: UnsafeMutablePointer<sqlite3_file>?) -> RecordingFile {
        unsafe UnsafeMutableRawPointer(file!).assumingMemoryBound(to: Header.self).pointee.owner!.takeUnretainedValue()
    }

    private func note(_ call: String) -> CInt {
        calls.append(call)
        return SQLITE_OK
    }

    private func write(_ more: UnsafeRawBufferPointer, at offset: Int) -> CInt {
        calls.append("write \(offset)+\(more.count)")
        guard writeResult == SQLITE_OK else {
            errno = writeErrno
            return writeResult
        }
        if bytes.count < offset + more.count {
            bytes.append(contentsOf: [UInt8](repeating: 0, count: offset + more.count - bytes.count))
        }
        unsafe bytes.replaceSubrange(offset..<(offset + more.count), with: more)
        return SQLITE_OK
    }

    /// Takes the calls noted so far.
    func takeCalls() -> [String] {
        defer { calls = [] }
        return calls
    }
}
