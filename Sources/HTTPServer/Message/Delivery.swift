/// How an answer reaches its client, where that is not at once and whole: what goes wrong on real networks, on
/// purpose.
package struct Delivery: Sendable, Equatable {
    /// What is done with the answer.
    package enum Manner: Sendable, Equatable {
        /// It is sent.
        case whole
        /// Nothing of it is sent, and the connection closes.
        case dropped
        /// Nothing of it is sent, and the connection is reset (RST).
        case reset
        /// Half of its bytes are sent, and the connection closes.
        case truncated
        /// Bytes are sent that are no HTTP, and the connection closes.
        case garbage
    }

    /// What is done with the answer.
    package var manner: Manner
    /// Milliseconds that it is held back.
    package var delay: Int

    /// Describes a delivery.
    package init(_ manner: Manner = .whole, delay: Int = 0) {
        self.manner = manner
        self.delay = delay
    }

    /// At once and whole.
    package static let normal = Delivery()

    static let garbageBytes: [UInt8] = [0x16, 0x03, 0x00, 0xFF, 0xFE, 0x0A, 0x00, 0x80, 0x0D, 0x0A, 0x0D, 0x0A]
}
