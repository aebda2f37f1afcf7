import HTTPServer
import VendorKit

/// A client that was let in: its organisation, and the idempotency key that its request carries.
struct Client: Caller {
    let sandbox: String
    let idempotencyKey: IdempotencyKey?
}

/// Opens the organisation of a call's API key, then looks at the form of its idempotency key.
///
/// `Authorization` may come as well and narrows the rights to one user; it never replaces the key.
///
/// - Parameter takesKey: whether the operation has idempotency keys; others ignore the field. (Evidence: vendor, the
///   pages of list, get and update do not name it.)
///
/// (Evidence: documented, create-user; vendor, the authentication page.)
func authenticate(_ call: Call, with key: SandboxKey, takesKey: Bool = true) throws(Problem) -> Client {
    guard let sent = try call.single("x-api-key"), !sent.isEmpty else {
        throw Problem(.unauthorized(.missing), by: Rules.apiKey)
    }
    guard let sandbox = key.sandbox(openedBy: sent) else {
        throw Problem(.unauthorized(.unknown), by: Rules.apiKey)
    }
    return Client(sandbox: sandbox, idempotencyKey: takesKey ? try IdempotencyKey(of: call) : nil)
}
