import HTTPServer
import VendorKit

/// A member of staff who was let in, and the account that the call is about.
struct Staff: Caller {
    let sandbox: String
    let account: Account

    /// Whose token it is: the one who shows as `createdBy`. (Evidence: documented as an email; this one is ours.)
    static let email = "admin@pulse.example"
}

/// Opens the deployment of a call's bearer token, then the account that it names.
///
/// (Evidence: documented, POST /users; an unknown account and somebody else's get the same answer, so that numbers
/// cannot be probed.)
func authenticate(_ call: Call, with key: SandboxKey) throws(Problem) -> Staff {
    guard let field = try call.single(.authorization), let token = BearerToken.token(in: field, anyCase: true) else {
        throw Problem(.unauthorized(.missing), by: Rules.token)
    }
    guard let sandbox = key.sandbox(openedBy: token) else {
        throw Problem(.unauthorized(.unknown), by: Rules.token)
    }
    guard let id = try call.single("x-account-id"), !id.isEmpty else {
        throw Problem(.badField(name: "x-account-id", message: "header is required"), by: Rules.accountHeader)
    }
    guard id.utf8.count <= 64, id.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
        let message = "header must be at most 64 characters without control characters"
        throw Problem(.badField(name: "x-account-id", message: message), by: Rules.accountForm)
    }
    guard let account = Account.all.first(where: { $0.id == id }) else {
        throw Problem(.forbidden, by: Rules.accountAccess)
    }
    return Staff(sandbox: sandbox, account: account)
}
