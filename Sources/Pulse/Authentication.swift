import HTTPServer
import UserStore
import VendorKit

/// A member of staff who was let in, and the account that the call is about.
struct Staff: Caller {
    let sandbox: String
    let account: Account

    /// Whose token it is: the one who shows as `createdBy`. (Evidence: documented as an email; this one is ours.)
    static let email = "admin@pulse.example"

    /// Whether an email is this one's, in any letter case.
    static func holds(_ email: String) -> Bool { User.folded(email) == Self.email }
}

/// Opens the deployment of a call's bearer token, then the account that it names.
///
/// (Evidence: documented, POST /users; an unknown account and somebody else's get the same answer, so that numbers
/// cannot be probed.)
func authenticate(_ call: Call, with key: SandboxKey, _ batch: inout Batch) throws(Problem) -> Staff {
    let sandbox = try authenticateToken(call, with: key).sandbox
    guard let id = try call.single("x-account-id"), !id.isEmpty else {
        throw Problem(.badField(name: "x-account-id", message: "header is required"), by: Rules.accountHeader)
    }
    return Staff(sandbox: sandbox, account: try account(id, in: sandbox, &batch))
}

/// Somebody who has a token, with no account chosen yet.
struct TokenHolder: Caller {
    let sandbox: String
    let token: String
}

/// Opens the deployment of a call's bearer token.
func authenticateToken(_ call: Call, with key: SandboxKey) throws(Problem) -> TokenHolder {
    guard let field = try call.single(.authorization), let token = BearerToken.token(in: field, anyCase: true) else {
        throw Problem(.unauthorized(.missing), by: Rules.token)
    }
    guard let sandbox = key.sandbox(openedBy: token) else {
        throw Problem(.unauthorized(.unknown), by: Rules.token)
    }
    return TokenHolder(sandbox: sandbox, token: token)
}

/// The account of an id.
private func account(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> Account {
    guard id.utf8.count <= 64, id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        let message = "header must be at most 64 characters without control characters"
        throw Problem(.badField(name: "x-account-id", message: message), by: Rules.accountForm)
    }
    guard let account = try batch.account(id, in: sandbox) else {
        throw Problem(.forbidden, by: Rules.accountAccess)
    }
    return account
}
