import VendorKit

/// The two names that an error gets, so that it can be reported.
enum EventID {
    /// A new name of the event: a random UUID without its hyphens. (Evidence: captured answers of the real API.)
    static func fingerprint() -> String {
        UUIDText.random().substituting("-", with: "")
    }

    /// The name of the request, in the form of the vendor's host: edge, region, five letters or digits, the time in
    /// milliseconds, twelve hexadecimal digits. (Evidence: captured answers of the real API.)
    static func request(_ call: Call) -> String {
        let digits = UUIDText.random().utf8.filter { $0 != UInt8(ascii: "-") }
        let random = String(decoding: digits.prefix(5), as: UTF8.self)
        let tail = String(decoding: digits.suffix(12), as: UTF8.self)
        return "lcl1:lcl1::\(random)-\(call.now)-\(tail)"
    }
}
