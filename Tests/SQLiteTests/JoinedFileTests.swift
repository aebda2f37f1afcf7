import CSQLite
import Glibc
import Testing

@testable import SQLite

struct JoinedFileTests {
    private static let page = 512
    private let real = RecordingFile()

    private func file(isLog: Bool) -> JoinedFile {
        unsafe JoinedFile(real: real.file, isLog: isLog, methods: JoinedFile.methods)
    }

    /// A log whose header was written, so that frame 0 comes next.
    private func log() -> JoinedFile {
        var log = file(isLog: true)
        #expect(write(32, at: 0, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 0+32"])
        return log
    }

    private func write(_ count: Int, at offset: Int, commits: Bool = false, to file: inout JoinedFile) -> CInt {
        var bytes = [UInt8](repeating: 7, count: count)
        if count >= 8 { bytes.replaceSubrange(4..<8, with: [0, 0, 0, commits ? 1 : 0]) }
        return unsafe bytes.withUnsafeBytes { unsafe file.write($0, at: Int64(offset)) }
    }

    /// Writes a frame as SQLite does; the result of its second write.
    private func frame(_ number: Int, commits: Bool = false, to log: inout JoinedFile) -> CInt {
        let offset = 32 + number * (24 + JoinedFileTests.page)
        let code = write(24, at: offset, commits: commits, to: &log)
        guard code == SQLITE_OK else { return code }
        return write(JoinedFileTests.page, at: offset + 24, to: &log)
    }

    @Test func `the frames of a transaction go to the log in one write with the one that commits`() {
        var log = log()
        for number in 0..<3 {
            #expect(frame(number, to: &log) == SQLITE_OK)
            #expect(real.calls.isEmpty)
        }
        #expect(frame(3, commits: true, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 32+2144"])
        #expect(frame(4, commits: true, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 2176+536"])
        #expect(real.bytes.count == 2_712)
    }

    @Test(arguments: [SQLITE_FULL, SQLITE_IOERR | (3 << 8)])
    func `a write that fails is the commit's failure, and what it was to write is gone`(failure: CInt) {
        var log = log()
        #expect(frame(0, to: &log) == SQLITE_OK)
        real.writeResult = failure
        #expect(frame(1, commits: true, to: &log) == failure)
        real.writeResult = SQLITE_OK
        #expect(real.takeCalls() == ["write 32+1072"])
        #expect(unsafe log.withAllWritten { _ in SQLITE_OK } == SQLITE_OK)
        #expect(real.takeCalls().isEmpty)
        // The next transaction takes the same place.
        #expect(frame(0, commits: true, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 32+24", "write 56+512"])
    }

    @Test func `whoever asks the file for anything finds in it what was held`() {
        var log = log()
        #expect(frame(0, to: &log) == SQLITE_OK)
        #expect(unsafe log.withAllWritten { unsafe $0.pointee.pMethods.pointee.xRead($0, nil, 0, 0) } == SQLITE_OK)
        #expect(real.takeCalls() == ["write 32+536", "read"])
        #expect(frame(1, to: &log) == SQLITE_OK)
        real.writeResult = SQLITE_FULL
        #expect(unsafe log.withAllWritten { unsafe $0.pointee.pMethods.pointee.xSync($0, 0) } == SQLITE_FULL)
        #expect(real.takeCalls() == ["write 568+536"])
    }

    @Test func `what is in the log already is changed at once`() {
        var log = log()
        for number in 0..<3 { #expect(frame(number, to: &log) == SQLITE_OK) }
        // A page that the same transaction wrote before, the frame that commits, and then the checksums anew.
        #expect(write(JoinedFileTests.page, at: 56, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 32+1608", "write 56+512"])
        #expect(frame(3, commits: true, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 1640+24", "write 1664+512"])
        for number in 0..<4 {
            let offset = 32 + number * 536
            #expect(write(24, at: offset, commits: number == 3, to: &log) == SQLITE_OK)
            #expect(real.takeCalls() == ["write \(offset)+24"])
        }
    }

    @Test func `a page in pieces is written in pieces`() {
        var log = log()
        #expect(frame(0, to: &log) == SQLITE_OK)
        #expect(write(24, at: 568, commits: true, to: &log) == SQLITE_OK)
        #expect(write(488, at: 592, to: &log) == SQLITE_OK)
        #expect(write(24, at: 1_080, to: &log) == SQLITE_OK)
        #expect(real.takeCalls() == ["write 32+560", "write 592+488", "write 1080+24"])
    }

    @Test func `frames that were undone are never written once the lock is given back`() {
        let log = UnsafeMutablePointer<JoinedFile>.allocate(capacity: 1)
        unsafe log.initialize(to: self.log())
        defer { unsafe log.deinitialize(count: 1).deallocate() }
        var database = file(isLog: false)
        unsafe database.partner = log
        #expect(unsafe frame(0, to: &log.pointee) == SQLITE_OK)
        // Neither another lock nor taking one ends the transaction.
        database.lock(0, SQLITE_SHM_LOCK | SQLITE_SHM_EXCLUSIVE)
        database.lock(3, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED)
        #expect(unsafe frame(1, to: &log.pointee) == SQLITE_OK)
        database.lock(0, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE)
        #expect(unsafe log.pointee.withAllWritten { _ in SQLITE_OK } == SQLITE_OK)
        #expect(real.takeCalls().isEmpty)
    }

    @Test func `a transaction of any size is handed over in pieces that the system takes whole`() {
        var log = log()
        for number in 0..<1_000 { #expect(frame(number, to: &log) == SQLITE_OK) }
        #expect(frame(1_000, commits: true, to: &log) == SQLITE_OK)
        let counts = real.takeCalls().map { Int($0.split(separator: "+")[1])! }
        #expect(counts.reduce(0, +) == 1_001 * 536)
        // SQLite's own xWrite for Unix masks the count by that.
        #expect(counts.allSatisfy { $0 <= 0x1FFFF })
        #expect(counts.count < 10)
    }

    @Test func `a database's pages go to its file one by one, in a checkpoint too`() {
        var database = file(isLog: false)
        for offset in [0, 512, 1_024, 24] {
            #expect(write(offset == 24 ? 24 : 512, at: offset, to: &database) == SQLITE_OK)
        }
        #expect(real.takeCalls() == ["write 0+512", "write 512+512", "write 1024+512", "write 24+24"])
        real.writeResult = SQLITE_FULL
        #expect(write(512, at: 1_536, to: &database) == SQLITE_FULL)
    }

    @Test(
        "a quota and the limit of a file's size are no room; all else stays what SQLite says",
        arguments: [
            (EDQUOT, SQLITE_IOERR | 3 << 8, SQLITE_FULL), (EFBIG, SQLITE_IOERR | 3 << 8, SQLITE_FULL),
            (EIO, SQLITE_IOERR | 3 << 8, SQLITE_IOERR | 3 << 8), (EFBIG, SQLITE_CORRUPT, SQLITE_CORRUPT),
        ], [true, false])
    func noRoom(_ failure: (errno: CInt, code: CInt, told: CInt), _ isLog: Bool) {
        var file = file(isLog: isLog)
        real.writeErrno = failure.errno
        real.writeResult = failure.code
        #expect(write(512, at: 0, to: &file) == failure.told)
        guard isLog else { return }
        real.writeResult = SQLITE_OK
        #expect(write(32, at: 0, to: &file) == SQLITE_OK)
        real.writeResult = failure.code
        #expect(frame(0, commits: true, to: &file) == failure.told)
    }
}
