import Sensay
import Understudy
import VendorKit

/// The vendors that are served.
enum Vendors {
    /// The vendors with the credentials that the command line gave.
    static func configured(by arguments: Arguments) throws(UsageError) -> [any Vendor] {
        var credentials = Credentials()
        credentials.sensaySecret = try arguments.word("sensay-secret")
        credentials.sensaySchema = try arguments.choice("sensay-schema")
        credentials.connectKey = try arguments.word("connect-key")
        credentials.seamKey = try arguments.word("seam-key")
        credentials.pulseToken = try arguments.word("pulse-token")
        return credentials.vendors
    }

    /// The vendors as they are out of the box.
    static var standard: [any Vendor] { Credentials().vendors }

    /// The same, with Sensay by one of its schemas.
    static func standard(_ schema: Schema) -> [any Vendor] {
        var credentials = Credentials()
        credentials.sensaySchema = schema
        return credentials.vendors
    }
}
