import Glibc

/// Files that are read and written whole.
enum File {
    /// Reads a file of so many bytes at most, which is known of a pipe only while it is read.
    static func read(_ name: String, atMost maximum: Int) throws(FileError) -> [UInt8] {
        let descriptor = unsafe open(name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileError(not: "read") }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe part.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError(not: "read") }
            if count == 0 { return bytes }
            bytes += part[..<count]
            guard bytes.count <= maximum else { throw FileError("is larger than \(maximum >> 20) MiB") }
        }
    }

    /// Writes a file that appears whole, by renaming, in the place of one that is there.
    static func write(_ bytes: [UInt8], to name: String) throws(FileError) {
        let draft = "\(name).\(getpid())"
        guard let file = unsafe fopen(draft, "w") else { throw FileError(not: "written") }
        let written = unsafe fwrite(bytes, 1, bytes.count, file)
        guard unsafe fclose(file) == 0, written == bytes.count, unsafe rename(draft, name) == 0 else {
            let error = FileError(not: "written")
            unsafe unlink(draft)
            throw error
        }
    }
}

/// Why a file was not read or written.
struct FileError: Error {
    /// What is wrong, after the file's name: `cannot be read: Is a directory`.
    let message: String

    init(_ message: String) {
        self.message = message
    }

    /// Says what could not be done, with the words of the system call that just failed.
    init(not done: String) {
        let reason = unsafe String(cString: strerror(errno))
        message = "cannot be \(done): \(reason)"
    }
}
