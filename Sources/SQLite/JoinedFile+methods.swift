internal import CSQLite

extension JoinedFile {
    /// What SQLite calls (https://sqlite.org/c3ref/io_methods.html).
    nonisolated(unsafe) static let methods: UnsafePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        unsafe methods.initialize(to: sqlite3_io_methods())
        unsafe methods.pointee.iVersion = 3
        unsafe addContent(to: methods)
        unsafe addLocks(to: methods)
        unsafe addShared(to: methods)
        return unsafe UnsafePointer(methods)
    }()

    /// The file that SQLite means.
    private static func at(_ file: UnsafeMutablePointer<sqlite3_file>!) -> UnsafeMutablePointer<JoinedFile> {
        unsafe UnsafeMutableRawPointer(file).assumingMemoryBound(to: JoinedFile.self)
    }

    /// Tells a log and its database of each other.
    static func pair(_ log: UnsafeMutablePointer<JoinedFile>, with database: UnsafeMutablePointer<sqlite3_file>) {
        guard unsafe database.pointee.pMethods == methods else { return }
        let database = unsafe at(database)
        unsafe log.pointee.partner = unsafe database
        unsafe database.pointee.partner = unsafe log
    }

    /// What reads and writes: everything but `xWrite` finds in the file what was held.
    private static func addContent(to methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        unsafe methods.pointee.xClose = { file in
            let joined = unsafe JoinedFile.at(file)
            let real = unsafe joined.pointee.real
            // No commit has followed what may be held still: nobody counts on it.
            unsafe joined.pointee.partner?.pointee.partner = nil
            unsafe joined.deinitialize(count: 1)
            return unsafe real.pointee.pMethods.pointee.xClose(real)
        }
        unsafe methods.pointee.xRead = { file, bytes, count, offset in
            unsafe JoinedFile.at(file).pointee.withAllWritten { real in
                unsafe real.pointee.pMethods.pointee.xRead(real, bytes, count, offset)
            }
        }
        unsafe methods.pointee.xWrite = { file, bytes, count, offset in
            let bytes = unsafe UnsafeRawBufferPointer(start: bytes, count: Int(count))
            return unsafe JoinedFile.at(file).pointee.write(bytes, at: offset)
        }
        unsafe methods.pointee.xTruncate = { file, size in
            unsafe JoinedFile.at(file).pointee.withAllWritten { real in
                unsafe real.pointee.pMethods.pointee.xTruncate(real, size)
            }
        }
        unsafe methods.pointee.xSync = { file, flags in
            unsafe JoinedFile.at(file).pointee.withAllWritten { real in
                unsafe real.pointee.pMethods.pointee.xSync(real, flags)
            }
        }
        unsafe methods.pointee.xFileSize = { file, size in
            unsafe JoinedFile.at(file).pointee.withAllWritten { real in
                unsafe real.pointee.pMethods.pointee.xFileSize(real, size)
            }
        }
        unsafe methods.pointee.xFetch = { file, offset, count, page in
            unsafe JoinedFile.at(file).pointee.withAllWritten { real in
                unsafe real.pointee.pMethods.pointee.xFetch(real, offset, count, page)
            }
        }
        unsafe methods.pointee.xUnfetch = { file, offset, page in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xUnfetch(real, offset, page)
        }
    }

    private static func addLocks(to methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        unsafe methods.pointee.xLock = { file, level in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xLock(real, level)
        }
        unsafe methods.pointee.xUnlock = { file, level in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xUnlock(real, level)
        }
        unsafe methods.pointee.xCheckReservedLock = { file, result in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xCheckReservedLock(real, result)
        }
        unsafe methods.pointee.xFileControl = { file, operation, argument in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xFileControl(real, operation, argument)
        }
        unsafe methods.pointee.xSectorSize = { file in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xSectorSize(real)
        }
        unsafe methods.pointee.xDeviceCharacteristics = { file in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xDeviceCharacteristics(real)
        }
    }

    /// What the connections to one database share in memory: the log's index and its locks.
    private static func addShared(to methods: UnsafeMutablePointer<sqlite3_io_methods>) {
        unsafe methods.pointee.xShmMap = { file, region, size, extend, address in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xShmMap(real, region, size, extend, address)
        }
        unsafe methods.pointee.xShmLock = { file, first, count, flags in
            let joined = unsafe JoinedFile.at(file)
            unsafe joined.pointee.lock(first, flags)
            let real = unsafe joined.pointee.real
            return unsafe real.pointee.pMethods.pointee.xShmLock(real, first, count, flags)
        }
        unsafe methods.pointee.xShmBarrier = { file in
            let real = unsafe JoinedFile.at(file).pointee.real
            unsafe real.pointee.pMethods.pointee.xShmBarrier(real)
        }
        unsafe methods.pointee.xShmUnmap = { file, deletes in
            let real = unsafe JoinedFile.at(file).pointee.real
            return unsafe real.pointee.pMethods.pointee.xShmUnmap(real, deletes)
        }
    }
}
