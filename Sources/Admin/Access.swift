import HTTPServer

/// Who may use the control plane.
///
/// It can empty the store and show what clients sent, so by default only somebody on this machine may, and no web
/// page elsewhere can get there by DNS rebinding or a cross-site request.
package struct Access: Sendable {
    /// The three ways of guarding it.
    package enum Mode: String, CaseIterable, Sendable {
        /// People on this machine, and those with the token.
        case local
        /// Everybody who can reach the port; for a network that nobody else is on.
        case open
        /// Nobody: the paths are not there.
        case off
    }

    private let mode: Mode
    private let token: String?

    /// Guards by a mode.
    ///
    /// - Parameter token: what somebody elsewhere must send as `Authorization: Bearer TOKEN`; nil when nobody may.
    package init(_ mode: Mode = .local, token: String? = nil) {
        self.mode = mode
        self.token = token
    }

    /// Whether there is a control plane at all.
    package var isOff: Bool { mode == .off }

    /// Why a request may not pass, or nil when it may.
    func refusal(of request: Request) -> String? {
        if let token, request.fields[.authorization] == "Bearer \(token)" { return nil }
        if mode == .open {
            return request.fields.contains(.origin) && !request.isLocal
                ? "a page of another origin may not use the control plane" : nil
        }
        if request.isLocal { return nil }
        return token == nil
            ? "only for this machine: start with --admin-token TOKEN, or --admin open on a network of your own"
            : "only for this machine, or with Authorization: Bearer and the token of --admin-token"
    }
}
