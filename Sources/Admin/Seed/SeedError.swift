/// Why a seed was not applied.
package struct SeedError: Error {
    /// Whose fault it is.
    enum Cause: Sendable {
        case seed, clash, store
    }

    /// What is wrong, each on one line with its place in the seed; the first hundred.
    package let problems: [String]
    let cause: Cause

    /// Most that are told.
    private static let maximum = 100

    init(_ problems: [String], _ cause: Cause = .seed) {
        let shown = problems.prefix(Self.maximum).map { Self.shown($0, 1000) }
        let rest = problems.count - shown.count
        self.problems = shown + (rest > 0 ? ["and \(rest) more"] : [])
        self.cause = cause
    }

    /// A text on one line and not long, whatever a seed holds.
    static func shown(_ text: String, _ length: Int) -> String {
        var scalars = String.UnicodeScalarView(
            text.unicodeScalars.prefix(length).map { $0.properties.generalCategory == .control ? "?" : $0 })
        if text.unicodeScalars.count > length { scalars.append("…") }
        return String(scalars)
    }
}
