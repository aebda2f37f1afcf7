import VendorKit

/// Which of the schemas that Sensay published under one version label is served.
///
/// The label `2025-03-25` stayed when the schema changed, so no request can choose. (Evidence: vendor, the OpenAPI
/// file as committed in the vendor's own CLI in June and in November 2025.)
package enum Schema: String, CaseIterable, Sendable {
    /// The schema of the pages that Understudy was made after, mid-2025.
    case seed
    /// The schema of November 2025: `success` in every 200, rules for names, and compressed bodies.
    case newest
}

/// What Sensay was configured to be.
struct Configuration: Sendable {
    let secret: SandboxKey
    let schema: Schema

    /// How a body may be packed. (Evidence: vendor, the header field `Content-Encoding: gzip` of the newest schema.)
    var codings: [ContentCoding] { schema == .newest ? [.gzip] : [] }
}
