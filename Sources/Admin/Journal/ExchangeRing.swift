import VendorKit

/// The last exchanges, bounded in number and in bytes: the oldest gives way.
struct ExchangeRing {
    /// The most bytes of heads and bodies that are kept.
    static let maximumBytes = 32 << 20

    private var slots: [KeptExchange?]
    private var start = 0
    private var count = 0
    private var bytes = 0

    init(capacity: Int) {
        slots = Array(repeating: nil, count: capacity)
    }

    /// All of them, oldest first.
    var all: [Exchange] {
        (0..<count).compactMap { slots[(start + $0) % slots.count]?.exchange }
    }

    /// The exchange of a request's number.
    func exchange(_ number: Int64) -> Exchange? {
        slots.first { $0?.number == number }??.exchange
    }

    mutating func append(_ exchange: Exchange) {
        let size = KeptExchange.size(of: exchange)
        var room: [UInt8] = []
        while count > 0, count == slots.count || bytes + size > Self.maximumBytes { room = removeOldest() }
        guard size <= Self.maximumBytes else { return }
        slots[(start + count) % slots.count] = KeptExchange(exchange, in: room)
        count += 1
        bytes += size
    }

    /// Removes the oldest and returns its memory, for the next.
    private mutating func removeOldest() -> [UInt8] {
        var oldest: KeptExchange?
        swap(&oldest, &slots[start])
        bytes -= oldest?.size ?? 0
        start = (start + 1) % slots.count
        count -= 1
        return oldest?.bytes ?? []
    }
}
