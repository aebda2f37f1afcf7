/// The claims that are in memory and in the claims' log, and not yet in their table: in buckets by their hash, and in
/// each in the order of their keys.
///
/// A bucket is a range of each sandbox's part of the table, so that the claims of one bucket share pages there.
struct RecentClaims: Sendable {
    static let bucketCount = 1 << ClaimKey.bucketBits

    private(set) var count = 0
    private var buckets = [[RecentClaim]](repeating: [], count: bucketCount)

    /// Where a key is, or would be; good until the next change.
    struct Place {
        fileprivate let bucket: Int
        fileprivate let index: Int
        let claim: RecentClaim?
    }

    func place(of key: ClaimKey) -> Place {
        let bucket = key.bucket
        let claims = buckets[bucket]
        var low = 0
        var high = claims.count
        while low < high {
            let middle = (low + high) / 2
            if claims[middle].key < key { low = middle + 1 } else { high = middle }
        }
        let isThere = low < claims.count && claims[low].key == key
        return Place(bucket: bucket, index: low, claim: isThere ? claims[low] : nil)
    }

    mutating func set(_ claim: RecentClaim, at place: Place) {
        if place.claim != nil {
            buckets[place.bucket][place.index] = claim
        } else {
            buckets[place.bucket].insert(claim, at: place.index)
            count += 1
        }
    }

    mutating func remove(at place: Place) {
        guard place.claim != nil else { return }
        buckets[place.bucket].remove(at: place.index)
        count -= 1
    }

    /// Removes and returns all claims of a bucket, in the order of their keys.
    mutating func removeAll(in bucket: Int) -> [RecentClaim] {
        var claims: [RecentClaim] = []
        swap(&claims, &buckets[bucket])
        count -= claims.count
        return claims
    }

    func isEmpty(bucket: Int) -> Bool { buckets[bucket].isEmpty }

    /// The claims of a sandbox, or all.
    func all(of sandbox: SandboxID?) -> [RecentClaim] {
        guard let sandbox else { return buckets.flatMap(\.self) }
        return buckets.flatMap { bucket in bucket.filter { $0.key.sandbox == sandbox } }
    }
}

extension ClaimKey {
    static let bucketBits = 10

    /// The first bits of the hash: which bucket the key falls into, in any sandbox.
    var bucket: Int { Int(truncatingIfNeeded: (high & 0xFFFF_FFFF) >> UInt64(32 - ClaimKey.bucketBits)) }
}
