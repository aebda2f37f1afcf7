package import HTTPServer

/// What answers requests about the server itself, beside the vendors: under `/__admin`, and `/metrics`.
package protocol ControlPlane: Sendable {
    /// Whether it answers requests for a path.
    func serves(_ path: String) -> Bool

    /// Answers a request, or nil when its path is none of the control plane's.
    ///
    /// Called with no batch of the store open.
    func answer(_ request: Request) -> Response?
}
