import HTTPServer
import VendorKit

/// Opens the workspace that the bearer token of a call is for.
///
/// A method of authentication that does not apply passes the call on to the next; only when one applies does its
/// own failure show. (Evidence: vendor, the route wrapper of seamapi/fake-seam-connect.)
///
/// - Parameter takesSessions: whether the operation lets client sessions in, as reading does. None is ever made here,
///   so each is one that is not found. (Evidence: vendor, seamapi/types for who may what, the fake for the words.)
func authenticate(
    _ call: Call, with key: SandboxKey, takesSessions: Bool = false
) throws(Problem) -> Workspace {
    do throws(Problem) {
        return try workspace(of: call, with: key)
    } catch {
        guard takesSessions, case .unauthorized(.missing) = error.kind else { throw error }
        try refuseClientSession(of: call)
        throw error
    }
}

/// Refuses a client session's token, in whichever of the three fields it came; nothing when there is none.
private func refuseClientSession(of call: Call) throws(Problem) {
    for name: FieldName in ["seam-client-session-token", "client-session-token"] {
        guard let sent = try call.single(name), !sent.isEmpty else { continue }
        guard case .clientSession = TokenKind(of: sent) else {
            let fault = Problem.Kind.badField(name: name.lowercased, message: "Invalid client session token")
            throw Problem(fault, by: Rules.clientSessionForm)
        }
        throw Problem(.unauthorized(.unknownUser), by: Rules.clientSession)
    }
    if let field = try call.single(.authorization), let token = BearerToken.token(in: field, anyCase: false),
        case .clientSession = TokenKind(of: token)
    {
        throw Problem(.unauthorized(.unknownUser), by: Rules.clientSession)
    }
}

private func workspace(of call: Call, with key: SandboxKey) throws(Problem) -> Workspace {
    guard let field = try call.single(.authorization),
        let token = BearerToken.token(in: field, anyCase: false)
    else { throw Problem(.unauthorized(.missing), by: Rules.apiKey) }
    // First of all: a key that was configured opens, though it may look like another kind of token.
    if let sandbox = key.sandbox(openedBy: token) { return Workspace(sandbox: sandbox) }
    switch TokenKind(of: token) {
    case .clientSession:
        throw Problem(.unauthorized(.missing), by: Rules.tokenKinds)
    case .personalAccessToken, .consoleSession:
        let namesWorkspace = call.request.fields["seam-workspace"]?.isEmpty == false
        throw Problem(.unauthorized(namesWorkspace ? .unknown : .missing), by: Rules.tokenKinds)
    case .apiKey:
        throw Problem(.unauthorized(.unknown), by: Rules.apiKey)
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
