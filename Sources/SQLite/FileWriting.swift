internal import CSQLite
internal import Glibc

extension UnsafeMutablePointer<sqlite3_file> {
    /// Writes to the file that SQLite opened.
    ///
    /// SQLite's files say SQLITE_FULL of a full disk, but of a quota or of the size that `ulimit -f` sets only that
    /// writing failed; and a COMMIT forgets the errno behind it (SQLite 3.40). So that is looked at here.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) -> CInt {
        let code = unsafe pointee.pMethods.pointee.xWrite(self, bytes.baseAddress, CInt(bytes.count), offset)
        guard code & 0xFF == SQLITE_IOERR, [EDQUOT, EFBIG].contains(errno) else { return code }
        return SQLITE_FULL
    }
}
