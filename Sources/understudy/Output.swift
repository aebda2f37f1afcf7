import Glibc

/// A stream that text is written to at once, without a buffer that an exit could lose.
struct Output: Sendable {
    private let descriptor: Int32

    static let standard = Output(descriptor: 1)
    static let error = Output(descriptor: 2)

    private init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a text.
    ///
    /// A reader that has gone is not our failure.
    func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Writes bytes.
    func write(_ bytes: [UInt8]) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress! + written, buffer.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }
}
