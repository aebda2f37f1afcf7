package import HTTPServer
package import UserStore
package import VendorKit

/// Seam's user identities, as far as creating one.
///
/// A credential opens a workspace, and a workspace is a sandbox. Every answer but that to OPTIONS carries
/// `seam-request-id`; errors repeat it inside their envelope, because clients read it from either place.
package struct Seam: Vendor {
    package let name = "seam"
    package var number: VendorNumber { Self.number }
    static let number = VendorNumber(rawValue: 3)
    package let hosts = ["connect.getseam.com"]
    package let operations: [Operation]
    /// Browser clients send a token as a header field and as a cookie-like credential, so the origin must be named;
    /// OPTIONS is 200 with the same methods on every path. (Evidence: vendor, seamapi/fake-seam-connect and
    /// seamapi/javascript-http; `accept` and the exposed field are ours.)
    package let crossOrigin = CrossOrigin(
        echoesOrigin: true,
        allowedHeaders: [
            "authorization", "content-type", "accept", "seam-workspace", "seam-sdk-name", "seam-sdk-version",
            "seam-lts-version", "seam-client-session-token", "client-session-token", "seam-publishable-key",
        ],
        allowedMethods: [.get, .post, .put, .patch, .delete, .options],
        exposedHeaders: ["seam-request-id"], optionsStatus: .ok)
    private let key: SandboxKey

    /// The API key that opens the default workspace when none is configured.
    package static let defaultKey = "seam_test_key"

    /// Serves Seam.
    ///
    /// - Parameter key: the API key. Seam's own clients refuse one that does not begin with `seam_`, or that looks
    ///   like another kind of token, ``TokenKind``.
    package init(key: String = defaultKey) {
        let key = SandboxKey(key)
        self.key = key
        operations = [CreateUserIdentity.operation(key)]
    }

    package var credentialHint: String { "Authorization: Bearer \(key.base)" }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem, of: call)
    }
}
