import HTTPServer
package import VendorKit

/// Counts what came of the requests that used an idempotency key again, since this process started.
///
/// In memory, because a replay that wrote a row would cost as much as what it spares; a key's first use is in the
/// store.
package final class KeyUses: Reporter {
    /// What was seen of one key.
    struct Uses: Sendable {
        /// Requests that got the first answer over again.
        var hits = 0
        /// Requests that came while the first answer had not left.
        var locked = 0
        /// Requests that were others than the first.
        var mismatches = 0
        /// The last of those, with the places where they differ.
        var latest: [(request: Int64, differing: [String])] = []
    }

    /// By the number of the first request, which is never given twice: what a reset removes is not found again.
    private let uses = Locked<[Int64: Uses]>([:])
    /// The most keys that are remembered, and the most mismatches of each.
    private static let maximumKeys = 10_000
    private static let maximumMismatches = 8

    /// Begins with none.
    package init() {}

    package func finished(_ exchanges: [Exchange]) {
        for exchange in exchanges {
            guard let why = exchange.why, let use = why.keyUse, let first = why.earlier else { continue }
            uses.withLock { uses in
                if uses[first] == nil, uses.count >= Self.maximumKeys { Self.forgetOldest(in: &uses) }
                uses[first, default: Uses()].add(use, by: exchange.number ?? 0, keeping: Self.maximumMismatches)
            }
        }
    }

    package func failed(_ message: String) {}

    /// What was seen of the key that a request was the first to use.
    func uses(ofKeyFirstUsedBy request: Int64) -> Uses {
        uses.withLock { $0[request] ?? Uses() }
    }

    /// Forgets the older half, so that this is seldom done.
    private static func forgetOldest(in uses: inout [Int64: Uses]) {
        let kept = uses.keys.sorted().suffix(maximumKeys / 2)
        guard let oldest = kept.first else { return }
        uses = uses.filter { $0.key >= oldest }
    }
}

extension KeyUses.Uses {
    fileprivate mutating func add(_ use: KeyUse, by request: Int64, keeping limit: Int) {
        switch use {
        case .replayed: hits += 1
        case .locked: locked += 1
        case .differed(let places):
            mismatches += 1
            if latest.count == limit { latest.removeFirst() }
            latest.append((request, places))
        }
    }
}
