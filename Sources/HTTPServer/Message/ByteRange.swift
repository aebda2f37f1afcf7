/// Where something lies inside a request's head: two 32-bit offsets, so that a field takes 16 bytes.
///
/// A head is far smaller than 4 GiB: `Limits` bound it.
struct ByteRange: Sendable, Hashable {
    private let lower: UInt32
    private let upper: UInt32

    init(_ start: Int, _ end: Int) {
        lower = UInt32(truncatingIfNeeded: start)
        upper = UInt32(truncatingIfNeeded: end)
    }

    var start: Int { Int(lower) }
    var end: Int { Int(upper) }
    var count: Int { Int(upper) - Int(lower) }
    var isEmpty: Bool { lower == upper }
    var range: Range<Int> { start..<end }

    static var empty: ByteRange { ByteRange(0, 0) }
}

/// One field line of a head: its name as received and its value without the white space around it.
struct FieldLine: Sendable {
    let name: ByteRange
    let value: ByteRange
}
