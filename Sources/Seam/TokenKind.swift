import JSON

/// The kinds of token that Seam hands out, told apart by their prefix.
/// (Evidence: vendor, seamapi/fake-seam-connect and the checks in Seam's clients.)
enum TokenKind {
    /// Everything else: a secret bound to one workspace.
    case apiKey
    /// `seam_at…`: a person's, valid in each workspace that `seam-workspace` may name.
    case personalAccessToken
    /// `seam_cst…`: a browser's, which may not create users.
    case clientSession
    /// A JSON Web Token of the Console, `ey…`.
    case consoleSession

    init(of token: String) {
        // By bytes: `hasPrefix` would take a letter and a mark behind it for another letter.
        if token.beginsWithBytes(of: "seam_cst") {
            self = .clientSession
        } else if token.beginsWithBytes(of: "seam_at") {
            self = .personalAccessToken
        } else if token.beginsWithBytes(of: "ey") {
            self = .consoleSession
        } else {
            self = .apiKey
        }
    }
}
