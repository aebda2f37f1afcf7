/// Lengths of time as people write them: a whole number and its unit, `500ms`, `30s`, `15m`, `24h`, `7d`.
enum LengthOfTime {
    /// Milliseconds; nil for anything else, and for more than ten years.
    static func milliseconds(_ text: String) -> Int64? {
        let units: [(String, Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Int64(text.dropLast(unit.count)), number >= 0, number <= 315_360_000_000 / factor else {
                continue
            }
            return number * factor
        }
        return nil
    }
}
