/// The `Date` line of every answer, written anew once a second (RFC 9110 6.6.1, 5.6.7).
package struct DateCache: Sendable {
    /// `Date: Sun, 06 Nov 1994 08:49:37 GMT` with CR LF.
    package private(set) var line: [UInt8] = []
    private var second: Int64 = .min

    /// Has no line until the first update.
    package init() {}

    /// - Parameter now: Seconds since 1970 in UTC.
    package mutating func update(_ now: Int64) {
        guard now != second else { return }
        second = now
        line = Self.line(now)
    }

    /// The line for a time in seconds since 1970 in UTC.
    package static func line(_ now: Int64) -> [UInt8] {
        let days = Int((now - modulo(now, 86_400)) / 86_400)
        let time = Int(modulo(now, 86_400))
        let (year, month, day) = civil(days)
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][Int(modulo(Int64(days), 7))]
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let date = "\(weekday), \(twoDigits(day)) \(names[month - 1]) \(twoDigits(year / 100))\(twoDigits(year % 100))"
        let clock = "\(twoDigits(time / 3600)):\(twoDigits(time / 60 % 60)):\(twoDigits(time % 60))"
        return Array("Date: \(date) \(clock) GMT\r\n".utf8)
    }

    /// Year, month and day of the days since 1970-01-01, by Howard Hinnant's civil_from_days: eras of 400 years from
    /// March on.
    private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = Int((Int64(shifted) - modulo(Int64(shifted), 146_097)) / 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    private static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
        let rest = value % divisor
        return rest < 0 ? rest + divisor : rest
    }

    private static func twoDigits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}
