/// Random numbers that a seed repeats: SplitMix64.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes hostile bytes out of good ones.
struct Mutator {
    let corpus: [[UInt8]]
    /// What matters to the grammar, spliced in whole.
    let words: [[UInt8]]

    init(_ corpus: [String], words: [String]) {
        self.corpus = corpus.map { Array($0.utf8) }
        self.words = words.map { Array($0.utf8) }
    }

    /// One member of the corpus, changed in up to six places.
    func input(_ random: inout Seeded) -> [UInt8] {
        var bytes = pick(corpus, &random)
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: bytes.replaceSubrange(place..<end, with: pick(words, &random))
            case 2, 3: bytes.insert(contentsOf: pick(words, &random), at: place)
            case 4: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 5: bytes.removeSubrange(place..<end)
            case 6:
                if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            case 7: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 8: bytes = Array(bytes[..<place]) + pick(corpus, &random)
            default: bytes.removeSubrange(place...)
            }
        }
        return bytes
    }

    private func pick(_ list: [[UInt8]], _ random: inout Seeded) -> [UInt8] {
        list.randomElement(using: &random) ?? []
    }
}
