import HTTPServer
import UserStore
import VendorKit

/// An organisation that was let in.
struct Organization: Caller {
    let sandbox: String
}

/// A user of an organisation, for whom a call is made.
struct CurrentUser: Caller {
    let sandbox: String
    let stored: StoredUser
    let user: User
}

/// Opens the organisation of a call's secret, then looks at the version that it asks for. (Evidence: vendor,
/// authentication.)
func authenticate(_ call: Call, with key: SandboxKey) throws(Problem) -> Organization {
    guard let secret = try call.single("x-organization-secret"), !secret.isEmpty else {
        throw Problem(.unauthorized(.missing), by: Rules.secret)
    }
    guard let sandbox = key.sandbox(openedBy: secret) else {
        throw Problem(.unauthorized(.unknown), by: Rules.secret)
    }
    return Organization(sandbox: sandbox)
}

/// Finds the user that a call acts for: by id, or, with `X-USER-ID-TYPE`, by a linked account.
///
/// (Evidence: vendor, authentication; that nobody's id is a 401 and no 404, the vendor's own bot relies on.)
func authenticateUser(_ call: Call, with key: SandboxKey, _ batch: inout Batch) throws(Problem) -> CurrentUser {
    let organization = try authenticate(call, with: key)
    guard let id = try call.single("x-user-id"), !id.isEmpty else {
        throw Problem(.unauthorized(.missing), by: Rules.user)
    }
    let claim: Claim
    if let type = try call.single("x-user-id-type") {
        guard LinkedAccount.types.contains(where: { $0 == type }) else {
            throw Problem(.unauthorized(.unknownUser), by: Rules.userType)
        }
        claim = LinkedAccount(id: id, type: type).claim
    } else {
        claim = Claim(kind: User.ClaimKind.id, value: id)
    }
    guard let stored = try batch.holder(of: claim, at: Sensay.number, in: organization.sandbox) else {
        throw Problem(.unauthorized(.unknownUser), by: Rules.user)
    }
    return CurrentUser(sandbox: organization.sandbox, stored: stored, user: try User(stored: stored))
}
