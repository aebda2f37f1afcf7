import VendorKit

/// The last exchanges, bounded in number and in bytes: the oldest gives way.
struct ExchangeRing {
    /// The most bytes of heads and bodies that are kept.
    static let maximumBytes = 32 << 20

    // As many as were ever there at once; those that are not among the `count` from `start` hold nothing.
    private var slots: [KeptExchange] = []
    private let capacity: Int
    private var start = 0
    private var count = 0
    private var bytes = 0

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// All of them, oldest first.
    var all: [Exchange] {
        (0..<count).compactMap { slots[(start + $0) % capacity].exchange }
    }

    /// The exchange of a request's number.
    func exchange(_ number: Int64) -> Exchange? {
        slots.first { $0.number == number }?.exchange
    }

    mutating func append(_ exchange: borrowing Exchange) {
        let size = KeptExchange.size(of: exchange)
        guard size <= Self.maximumBytes else { return }
        if count == capacity { removeOldest() }
        let slot = (start + count) % capacity
        while count > 0, bytes + size > Self.maximumBytes {
            let oldest = start
            removeOldest()
            slots[oldest].empty()
        }
        if slot == slots.count {
            slots.append(KeptExchange(exchange))
        } else {
            slots[slot].become(exchange)
        }
        count += 1
        bytes += slots[slot].size
    }

    private mutating func removeOldest() {
        bytes -= slots[start].size
        start = (start + 1) % capacity
        count -= 1
    }
}
