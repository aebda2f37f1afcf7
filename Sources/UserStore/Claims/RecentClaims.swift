/// The claims that are in memory and in the claims' log, and not yet in their table: in buckets by their hash, and in
/// each in the order of their keys.
///
/// A bucket is a range of each sandbox's part of the table, so that the claims of one bucket share pages there.
struct RecentClaims: Sendable {
    static let bucketCount = 1 << ClaimKey.bucketBits

    private(set) var count = 0
    private var buckets = [[RecentClaim]](repeating: [], count: bucketCount)

    subscript(key: ClaimKey) -> RecentClaim? {
        let bucket = key.bucket
        let place = place(of: key, in: bucket)
        guard place < buckets[bucket].count, buckets[bucket][place].key == key else { return nil }
        return buckets[bucket][place]
    }

    mutating func set(_ claim: RecentClaim) {
        let bucket = claim.key.bucket
        let place = place(of: claim.key, in: bucket)
        if place < buckets[bucket].count, buckets[bucket][place].key == claim.key {
            buckets[bucket][place] = claim
        } else {
            buckets[bucket].insert(claim, at: place)
            count += 1
        }
    }

    mutating func remove(_ key: ClaimKey) {
        let bucket = key.bucket
        let place = place(of: key, in: bucket)
        guard place < buckets[bucket].count, buckets[bucket][place].key == key else { return }
        buckets[bucket].remove(at: place)
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

    /// Where the key is in its bucket, or would be.
    private func place(of key: ClaimKey, in bucket: Int) -> Int {
        var low = 0
        var high = buckets[bucket].count
        while low < high {
            let middle = (low + high) / 2
            if buckets[bucket][middle].key < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension ClaimKey {
    static let bucketBits = 10

    /// The first bits of the hash: which bucket the key falls into, in any sandbox.
    var bucket: Int { Int(truncatingIfNeeded: (high & 0xFFFF_FFFF) >> UInt64(32 - ClaimKey.bucketBits)) }
}
