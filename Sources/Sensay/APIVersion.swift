import HTTPServer
import VendorKit

/// The version of Sensay's API, a date.
enum APIVersion {
    /// The version that is served, whatever date is asked for. (Evidence: vendor; the newest label in its changelog.)
    static let served = "2025-03-25"

    /// What every answer carries: the version that served it. (Evidence: vendor, the versioning page.)
    static let fields = ResponseFields(("X-API-Version", served))

    /// Checks the version that a call asks for: any date of the calendar will do. (Evidence: vendor, the versioning
    /// page; that an impossible date is a 400 is ours.)
    static func check(_ call: Call) throws(Problem) {
        guard let asked = try call.single("x-api-version") else { return }
        guard isDate(asked) else {
            throw Problem(
                .badField(name: "X-API-Version", message: "Expected a date like \(served)"), by: Rules.version)
        }
    }

    private static func isDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]) else {
            return false
        }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return (1...12).contains(month) && (1...lengths[month - 1]).contains(day)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}
