import HTTPServer
package import VendorKit

/// The last exchanges with the vendors, in memory: bounded in number and in bytes, and gone with the process.
package final class Journal: Reporter {
    private let ring: Locked<Ring>
    /// The most exchanges that are kept; 0 keeps none.
    let capacity: Int
    /// The most bytes of heads and bodies that are kept.
    static let maximumBytes = 32 << 20

    /// Keeps so many exchanges.
    package init(capacity: Int = 1000) {
        self.capacity = capacity
        ring = Locked(Ring(capacity: capacity))
    }

    package func finished(_ exchanges: some Sequence<Exchange>) {
        guard capacity > 0 else { return }
        ring.withLock { ring in
            // The number is there exactly when the request was for a vendor.
            for exchange in exchanges where exchange.number != nil { ring.append(exchange) }
        }
    }

    package func failed(_ message: String) {}

    /// The exchanges that are still kept, oldest first.
    var exchanges: [Exchange] { ring.withLock { $0.all } }

    /// The exchange of a request's number, if it is still kept.
    func exchange(_ number: Int64) -> Exchange? {
        exchanges.last { $0.number == number }
    }

    /// Forgets all exchanges, or those of one sandbox.
    func clear(sandbox: String?) {
        ring.withLock { ring in
            let kept = sandbox == nil ? [] : ring.all.filter { $0.sandbox != sandbox }
            ring = Ring(capacity: capacity)
            for exchange in kept { ring.append(exchange) }
        }
    }
}

/// A ring of exchanges: the oldest gives way.
private struct Ring {
    private var slots: [Exchange?]
    private var start = 0
    private var count = 0
    private var bytes = 0

    init(capacity: Int) {
        slots = Array(repeating: nil, count: capacity)
    }

    var all: [Exchange] {
        (0..<count).compactMap { slots[(start + $0) % slots.count] }
    }

    mutating func append(_ exchange: Exchange) {
        let size = exchange.size
        while count > 0, count == slots.count || bytes + size > Journal.maximumBytes { dropOldest() }
        guard size <= Journal.maximumBytes else { return }
        slots[(start + count) % slots.count] = exchange
        count += 1
        bytes += size
    }

    private mutating func dropOldest() {
        bytes -= slots[start]?.size ?? 0
        slots[start] = nil
        start = (start + 1) % slots.count
        count -= 1
    }
}

extension Exchange {
    /// About the bytes that it keeps alive.
    fileprivate var size: Int {
        var size = 1024 + response.body.count
        if case .bytes(let bytes) = request.body { size += bytes.count }
        return size
    }
}
