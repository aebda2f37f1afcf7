/// Finds the word that somebody meant.
enum Spelling {
    /// The nearest of some words, if it is near enough to be a slip of the fingers.
    static func nearest(to word: String, in words: [String]) -> String? {
        let ranked = words.map { (word: $0, distance: distance(Array(word.utf8), Array($0.utf8))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(2, best.word.count / 3) ? best.word : nil
    }

    /// Levenshtein's distance: insertions, deletions and replacements of one byte.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (line, byte) in left.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for (column, other) in right.enumerated() {
                let replaced = diagonal + (byte == other ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
