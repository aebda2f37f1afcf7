/// One change to the recent claims, as the claims' log keeps it.
enum ClaimChange: Hashable, Sendable {
    case take(RecentClaim)
    case free(ClaimKey)

    private enum Tag: UInt8 {
        case take = 1
        case takeSince = 2
        case free = 3
    }

    /// Appends the change: a byte for its kind, then its numbers, big-endian.
    func encode(to bytes: inout [UInt8]) {
        switch self {
        case .take(let claim):
            let request = claim.request
            bytes.append((request == nil ? Tag.take : Tag.takeSince).rawValue)
            ClaimChange.append(claim.key, to: &bytes)
            ClaimChange.append(UInt64(bitPattern: claim.owner), to: &bytes)
            if let request { ClaimChange.append(UInt64(bitPattern: request), to: &bytes) }
        case .free(let key):
            bytes.append(Tag.free.rawValue)
            ClaimChange.append(key, to: &bytes)
        }
    }

    /// Reads all changes; nil when these are not the bytes of some.
    static func decode(_ bytes: [UInt8]) -> [ClaimChange]? {
        var reader = Reader(bytes: bytes)
        var changes: [ClaimChange] = []
        while let byte = reader.byte() {
            guard let tag = Tag(rawValue: byte), let change = reader.change(tag) else { return nil }
            changes.append(change)
        }
        return changes
    }

    private static func append(_ key: ClaimKey, to bytes: inout [UInt8]) {
        append(key.high, to: &bytes)
        append(key.low, to: &bytes)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: number >> shift))
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var index = 0

        mutating func byte() -> UInt8? {
            guard index < bytes.count else { return nil }
            defer { index += 1 }
            return bytes[index]
        }

        mutating func number() -> UInt64? {
            guard bytes.count - index >= 8 else { return nil }
            defer { index += 8 }
            return bytes[index..<index + 8].reduce(0) { number, byte in number << 8 | UInt64(byte) }
        }

        mutating func key() -> ClaimKey? {
            guard let high = number(), let low = number() else { return nil }
            return ClaimKey(high: high, low: low)
        }

        mutating func change(_ tag: Tag) -> ClaimChange? {
            switch tag {
            case .take, .takeSince:
                guard let key = key(), let owner = number() else { return nil }
                var request: Int64?
                if tag == .takeSince {
                    guard let since = number() else { return nil }
                    request = Int64(bitPattern: since)
                }
                return .take(RecentClaim(key: key, owner: Int64(bitPattern: owner), request: request))
            case .free:
                return key().map(ClaimChange.free)
            }
        }
    }
}
