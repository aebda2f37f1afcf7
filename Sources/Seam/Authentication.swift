import HTTPServer
import VendorKit

/// Opens the workspace that the bearer token of a call is for.
///
/// A method of authentication that does not apply passes the call on to the next; only when one applies does its
/// own failure show. (Evidence: vendor, the route wrapper of seamapi/fake-seam-connect.)
func authenticate(_ call: Call, with key: SandboxKey) throws(Problem) -> Workspace {
    guard let field = try call.single(.authorization),
        let token = BearerToken.token(in: field, anyCase: false)
    else { throw Problem(.unauthorized(.missing), by: Rules.apiKey) }
    switch TokenKind(of: token) {
    case .clientSession:
        throw Problem(.unauthorized(.missing), by: Rules.tokenKinds)
    case .personalAccessToken, .consoleSession:
        let namesWorkspace = call.request.fields["seam-workspace"]?.isEmpty == false
        throw Problem(.unauthorized(namesWorkspace ? .unknown : .missing), by: Rules.tokenKinds)
    case .apiKey:
        guard let sandbox = key.sandbox(openedBy: token) else {
            throw Problem(.unauthorized(.unknown), by: Rules.apiKey)
        }
        return Workspace(sandbox: sandbox)
    }
}

/// A workspace: the sandbox, seen with Seam's ids. (Evidence: documented as UUIDs; that they repeat is ours.)
struct Workspace: Caller {
    /// The sandbox's name.
    let sandbox: String

    /// Its UUID is number 0 of these, the same wherever the sandbox has this name.
    var ids: DerivedUUID { DerivedUUID("seam/workspace/", sandbox) }

    /// The UUIDs of its user identities, by their row.
    var userIdentities: DerivedUUID { DerivedUUID("seam/user_identity/", sandbox) }
}
