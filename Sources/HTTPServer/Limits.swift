/// How much of anything the server takes from one client.
///
/// Every bound is here, and every one can be set.
package struct Limits: Sendable {
    /// Bytes of a request line without its LF; a longer target is 414, a longer method 501 (RFC 9112 3).
    package var requestLine = 8 * 1024
    /// Bytes of one field line without its LF; more is 431 (RFC 6585 5).
    package var fieldLine = 8 * 1024
    /// Bytes of all field lines of a head, and again of all trailers; more is 431.
    package var fieldSection = 64 * 1024
    /// Field lines in a head, and again in a trailer section; more is 431.
    package var fieldCount = 100
    /// Bytes of decoded content; more reaches the handler as `RequestBody.tooLarge`.
    package var body = 1_048_576
    /// The same for single paths that take more.
    package var bodies: [String: Int] = [:]
    /// Bytes of one chunk-size line without its LF; more is 400.
    package var chunkLine = 1024
    /// Bytes of all chunk extensions of one body; more is 400 (RFC 9112 7.1.1 asks for a bound).
    package var chunkExtensions = 16 * 1024

    /// From the first byte of a head to its last; then 408.
    package var headTime: Duration = .seconds(10)
    /// From the end of a head to the end of its content, in total, so that a trickle ends too; then 408.
    package var bodyTime: Duration = .seconds(30)
    /// With no request begun; then the connection closes with no answer.
    package var idleTime: Duration = .seconds(75)
    /// From the first byte that a client's full buffer held back to the last one sent; then the connection is cut.
    package var writeTime: Duration = .seconds(20)
    /// Spent throwing away what a refused client still sends, so that it reads its answer (RFC 9112 9.6).
    package var lingerTime: Duration = .seconds(5)
    /// Bytes of that at most.
    package var lingerBytes = 64 * 1024 * 1024
    /// What `Server.stop()` gives running requests.
    package var stopTime: Duration = .seconds(5)

    /// Requests that one connection may add to one turn; the rest of a longer pipeline waits for the next.
    package var requestsPerTurn = 64
    /// Open connections of the whole server; further ones wait in the kernel's queue.
    package var connections = 16_384

    /// The values written here.
    package init() {}

    /// For heads that were within bounds before.
    static let none = {
        var limits = Limits()
        (limits.requestLine, limits.fieldLine, limits.fieldSection) = (1 << 30, 1 << 30, 1 << 30)
        limits.fieldCount = 1 << 30
        return limits
    }()

    /// Bytes of decoded content that a request may have.
    func body(of request: Request) -> Int {
        bodies.isEmpty ? body : bodies[request.target.path] ?? body
    }
}

/// The times of `Limits` in nanoseconds, the unit of the loop's clock: the sums in a `Duration` are of 128 bits.
struct Patience: Sendable {
    let head: Int64
    let body: Int64
    let idle: Int64
    let write: Int64
    let linger: Int64
    let stop: Int64

    init(_ limits: Limits) {
        head = Self.nanoseconds(limits.headTime)
        body = Self.nanoseconds(limits.bodyTime)
        idle = Self.nanoseconds(limits.idleTime)
        write = Self.nanoseconds(limits.writeTime)
        linger = Self.nanoseconds(limits.lingerTime)
        stop = Self.nanoseconds(limits.stopTime)
    }

    /// Saturates at a hundred years, so that a huge limit means for ever and the sum with the clock cannot overflow.
    static func nanoseconds(_ time: Duration) -> Int64 {
        let (seconds, attoseconds) = min(time, .seconds(3_153_600_000)).components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
