internal import CSQLite

/// Bytes on their way to one place of a file, kept back until there are more of them to be written in one call.
@safe
struct HeldWrites {
    // Where the first of them goes.
    private var start: Int64 = 0
    private var bytes: [UInt8] = []

    // The system's `xWrite` takes less than 128 KiB, and one page and two frames' headers may still come.
    private static let limit = 60 << 10

    var isEmpty: Bool { bytes.isEmpty }

    /// Whether so much is held that no more may come but what completes it.
    var isFull: Bool { bytes.count >= HeldWrites.limit }

    /// Holds the bytes, which go to `offset`: behind those that are held.
    mutating func hold(_ more: UnsafeRawBufferPointer, at offset: Int64) {
        if bytes.isEmpty {
            start = offset
            bytes.reserveCapacity(HeldWrites.limit + (8 << 10))
        }
        unsafe bytes.append(contentsOf: more)
    }

    /// Writes what is held to the file, and holds nothing any more, whether that succeeds or not.
    ///
    /// Whoever is told of the failure gives up what was held. Writing it again later could bring a transaction back
    /// that its client was told is lost.
    /// - Returns: a result code of SQLite.
    mutating func flush(to file: UnsafeMutablePointer<sqlite3_file>) -> CInt {
        guard !bytes.isEmpty else { return SQLITE_OK }
        defer { drop() }
        return unsafe bytes.withUnsafeBytes { bytes in unsafe file.write(bytes, at: start) }
    }

    /// Forgets what is held.
    mutating func drop() {
        bytes.removeAll(keepingCapacity: true)
    }
}
