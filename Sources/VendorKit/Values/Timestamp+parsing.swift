extension Timestamp {
    /// Reads an instant as RFC 3339 5.6 writes it, `Z` or an offset behind it: milliseconds since 1970 UTC, what is
    /// finer cut off; nil when the text is no instant of that form.
    package static func milliseconds(of text: String) -> Int64? {
        var bytes = text.utf8[...]
        func digits(_ count: Int) -> Int64? {
            let part = bytes.prefix(count)
            guard part.count == count, part.allSatisfy({ (48...57).contains($0) }) else { return nil }
            bytes = bytes.dropFirst(count)
            return part.reduce(0) { $0 * 10 + Int64($1 - 48) }
        }
        func sign(_ expected: Unicode.Scalar) -> Bool {
            guard bytes.first == UInt8(ascii: expected) else { return false }
            bytes = bytes.dropFirst()
            return true
        }
        guard let year = digits(4), sign("-"), let month = digits(2), sign("-"), let day = digits(2), sign("T"),
            let hour = digits(2), sign(":"), let minute = digits(2), sign(":"), let second = digits(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60
        else { return nil }
        var fraction: Int64 = 0
        if sign(".") {
            let part = bytes.prefix { (48...57).contains($0) }
            guard !part.isEmpty else { return nil }
            bytes = bytes[part.endIndex...]
            for index in 0..<3 { fraction = fraction * 10 + Int64(part.dropFirst(index).first.map { $0 - 48 } ?? 0) }
        }
        var offset: Int64 = 0
        if !sign("Z") {
            let isEast = sign("+")
            guard isEast || sign("-"), let hours = digits(2), sign(":"), let minutes = digits(2), hours < 24,
                minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (isEast ? 60_000 : -60_000)
        }
        let days = days(toYear: year, month: month, day: day)
        // A day that the month does not have comes back as another.
        guard bytes.isEmpty, civil(fromDays: days) == (year, month, day) else { return nil }
        return ((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000 + fraction - offset
    }

    /// The day of a civil date of the years from 0 on, counted from 1970-01-01: Howard Hinnant's algorithm.
    private static func days(toYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
