import Connect
import Pulse
import Seam
import Sensay
import VendorKit

/// The vendors that are served.
///
/// A fifth one is an entry here.
enum Vendors {
    /// The vendors with the credentials that the command line gave.
    static func configured(by arguments: Arguments) throws(UsageError) -> [any Vendor] {
        [
            Sensay(secret: try arguments.word("sensay-secret"), schema: try arguments.choice("sensay-schema")),
            Connect(key: try arguments.word("connect-key")),
            Seam(key: try arguments.word("seam-key")),
            Pulse(token: try arguments.word("pulse-token")),
        ]
    }

    /// The vendors as they are out of the box.
    static var standard: [any Vendor] { [Sensay(), Connect(), Seam(), Pulse()] }
}
