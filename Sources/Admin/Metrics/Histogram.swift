/// Counts observations by size, cheaply: one comparison a bucket, and nothing is kept of the single observation.
struct Histogram: Sendable {
    /// The upper bounds of the buckets but the last, which has none; ascending, each belonging to its bucket.
    let bounds: [Int64]
    /// Observations in each bucket alone, the one without a bound at the end.
    private(set) var buckets: [Int]
    /// All observations added up.
    private(set) var sum: Int64 = 0

    init(bounds: [Int64]) {
        self.bounds = bounds
        buckets = Array(repeating: 0, count: bounds.count + 1)
    }

    mutating func observe(_ value: Int64) {
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        buckets[index] += 1
        sum += value
    }

    /// Nanoseconds, from a tenth of a millisecond to two and a half seconds.
    static var durations: Histogram {
        let microseconds: [Int64] = [
            100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 2_500_000,
        ]
        return Histogram(bounds: microseconds.map { $0 * 1000 })
    }

    /// Whole numbers from 1, by powers of two.
    static var sizes: Histogram { Histogram(bounds: (0..<10).map { 1 << $0 }) }
}
