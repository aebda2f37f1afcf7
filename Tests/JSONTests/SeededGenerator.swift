import JSON

/// Random numbers that a seed repeats: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
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

extension SeededGenerator {
    /// Any tree: every type, names that differ, strings from all of Unicode, numbers of every form.
    mutating func value(depth: Int = 4) throws -> JSONValue {
        switch Int.random(in: 0..<(depth == 0 ? 6 : 10), using: &self) {
        case 0: return .null
        case 1: return .boolean(.random(using: &self))
        case 2, 3: return try parsed(numberText())
        case 4, 5: return .string(string())
        case 6, 7:
            return .array(try (0..<Int.random(in: 0..<6, using: &self)).map { _ in try value(depth: depth - 1) })
        default:
            var object = JSONObject()
            // Now and then more members than are compared one by one.
            let count = Int.random(in: 0..<20, using: &self) == 0 ? 40 : Int.random(in: 0..<6, using: &self)
            for index in 0..<count {
                object.append("\(string())\(index)", try value(depth: depth == 4 ? 1 : depth - 1))
            }
            return .object(object)
        }
    }

    private mutating func digits(_ counts: ClosedRange<Int>) -> String {
        (0..<Int.random(in: counts, using: &self)).map { _ in String(Int.random(in: 0..<10, using: &self)) }.joined()
    }

    private mutating func numberText() -> String {
        var text = Bool.random(using: &self) ? "" : "-"
        text += Bool.random(using: &self) ? "0" : "\(Int.random(in: 1..<10, using: &self))\(digits(0...20))"
        if Bool.random(using: &self) { text += ".\(digits(1...6))" }
        if Int.random(in: 0..<4, using: &self) == 0 {
            text += ["e", "E", "e+", "e-", "E-"].randomElement(using: &self)! + digits(1...2)
        }
        return text
    }

    private mutating func string() -> String {
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<24, using: &self) {
            let ranges: [ClosedRange<UInt32>] = [
                0x20...0x7E, 0x61...0x7A, 0x20...0x7E, 0...0x1F, 0x22...0x22, 0x5C...0x5C, 0x80...0x7FF, 0x800...0xD7FF,
                0xE000...0xFFFF, 0x10000...0x10FFFF,
            ]
            scalars.append(Unicode.Scalar(UInt32.random(in: ranges.randomElement(using: &self)!, using: &self))!)
        }
        return String(scalars)
    }
}
