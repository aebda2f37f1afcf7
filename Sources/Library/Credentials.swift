import Connect
import Pulse
import Seam
package import Sensay
package import VendorKit

/// What opens the vendors, and how they are set up: from it come the vendors that are served.
///
/// A fifth vendor is a member here and an entry in ``vendors``.
package struct Credentials: Sendable {
    /// Sensay's organisation secret.
    package var sensaySecret = Sensay.defaultSecret
    /// Which of Sensay's schemas is served.
    package var sensaySchema = Schema.seed
    /// Connect's API key.
    package var connectKey = Connect.defaultKey
    /// Seam's API key.
    package var seamKey = Seam.defaultKey
    /// Pulse's bearer token.
    package var pulseToken = Pulse.defaultToken

    /// Those that are known out of the box.
    package init() {}

    /// The vendors that these open.
    package var vendors: [any Vendor] {
        [
            Sensay(secret: sensaySecret, schema: sensaySchema), Connect(key: connectKey), Seam(key: seamKey),
            Pulse(token: pulseToken),
        ]
    }
}
