internal import Glibc

/// A path as the operating system sees it: SQLite says "unable to open database file" and no more.
struct StorePath {
    let path: String

    init(_ path: String) {
        self.path = path
    }

    /// The file's length, or nil when there is no such file.
    var bytes: Int64? {
        var status = stat()
        return unsafe stat(path, &status) == 0 ? Int64(status.st_size) : nil
    }

    /// Refuses a path that cannot be a database file.
    func check(as file: String) throws(StoreError) {
        var status = stat()
        if unsafe stat(path, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFDIR else { return }
            throw StoreError(
                kind: .cannotOpen, file: file, advice: "this is a folder; name a file in it, such as understudy.sqlite")
        }
        let folder = self.folder
        guard unsafe stat(folder, &status) == 0 else {
            let missing = errno == ENOENT
            throw StoreError(
                kind: .cannotOpen, file: file,
                advice: missing
                    ? "there is no folder \(folder); make it with: mkdir -p '\(folder)'"
                    : "the folder \(folder) cannot be reached (\(reason(errno))); name another file with --db")
        }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw StoreError(
                kind: .cannotOpen, file: file, advice: "\(folder) is not a folder; name another file with --db")
        }
        guard unsafe access(folder, W_OK | X_OK) == 0 else {
            throw StoreError(
                kind: .cannotOpen, file: file,
                advice: "the folder \(folder) cannot be written (\(reason(errno))); change its permissions, or name "
                    + "another file with --db")
        }
    }

    private var folder: String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func reason(_ number: Int32) -> String {
        unsafe strerror(number).map { unsafe String(cString: $0) } ?? "errno \(number)"
    }
}
