/// Writes instants as every vendor here does: `2024-01-11T05:37:50.264Z` (RFC 3339 5.6, UTC, milliseconds).
package enum Timestamp {
    /// The text of an instant, in milliseconds since 1970 UTC; the first and the last of years 0 to 9999 for those
    /// beyond, which the form has no room for.
    package static func text(_ milliseconds: Int64) -> String {
        String(ascii: bytes(milliseconds).span)
    }

    /// The bytes of ``text(_:)``, for a writer of bytes.
    package static func bytes(_ milliseconds: Int64) -> InlineArray<24, UInt8> {
        let (days, inDay) = min(max(milliseconds, first), last).floored(by: 86_400_000)
        let (year, month, day) = civil(fromDays: days)
        var bytes = InlineArray<24, UInt8>(repeating: 0)
        var position = 0
        func put(_ value: Int64, _ width: Int, _ separator: Unicode.Scalar) {
            var rest = value
            for index in stride(from: position + width - 1, through: position, by: -1) {
                bytes[index] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            }
            bytes[position + width] = UInt8(ascii: separator)
            position += width + 1
        }
        put(year, 4, "-")
        put(month, 2, "-")
        put(day, 2, "T")
        put(inDay / 3_600_000, 2, ":")
        put(inDay / 60_000 % 60, 2, ":")
        put(inDay / 1000 % 60, 2, ".")
        put(inDay % 1000, 3, "Z")
        return bytes
    }

    /// 0000-01-01T00:00:00.000Z.
    private static let first: Int64 = -62_167_219_200_000
    /// 9999-12-31T23:59:59.999Z.
    private static let last: Int64 = 253_402_300_799_999

    /// The civil date of a day counted from 1970-01-01, by Howard Hinnant's algorithm over 400-year eras.
    static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 719_468).floored(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shifted + 2) / 5 + 1
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }
}

extension Int64 {
    /// Quotient and remainder with the remainder never negative.
    fileprivate func floored(by divisor: Int64) -> (Int64, Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
