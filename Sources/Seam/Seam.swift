package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Seam's user identities: creating, reading, listing, changing, deleting and merging them.
///
/// A credential opens a workspace, and a workspace is a sandbox. Every answer but that to OPTIONS carries
/// `seam-request-id`; errors repeat it inside their envelope, because clients read it from either place.
package struct Seam: Vendor {
    package let name = "seam"
    package var number: VendorNumber { Self.number }
    static let number = VendorNumber(rawValue: 3)
    package let hosts = ["connect.getseam.com"]
    package let operations: [Operation]
    package let unserved = unservedPaths
    package let sharedRules = Rules.shared
    /// Browser clients send a token as a header field and as a cookie-like credential, so the origin must be named;
    /// OPTIONS is 200 with the same methods on every path. (Evidence: vendor, seamapi/fake-seam-connect and
    /// seamapi/javascript-http; `accept` and the exposed field are ours.)
    package let crossOrigin = CrossOrigin(
        echoesOrigin: true,
        allowedHeaders: [
            "authorization", "content-type", "accept", "seam-workspace", "seam-sdk-name", "seam-sdk-version",
            "seam-lts-version", "seam-client-session-token", "client-session-token", "seam-publishable-key",
        ],
        allowedMethods: [.get, .post, .put, .patch, .delete, .options],
        exposedHeaders: ["seam-request-id"], optionsStatus: .ok)
    private let key: SandboxKey

    /// The API key that opens the default workspace when none is configured.
    package static let defaultKey = "seam_test_key"

    /// Serves Seam.
    ///
    /// - Parameter key: the API key. Seam's own clients refuse one that does not begin with `seam_`, or that looks
    ///   like another kind of token, ``TokenKind``.
    package init(key: String = defaultKey) {
        let key = SandboxKey(key)
        self.key = key
        operations =
            [CreateUserIdentity.operation(key)] + GetUserIdentity.operations(key) + ListUserIdentities.operations(key)
            + UpdateUserIdentity.operations(key) + DeleteUserIdentity.operations(key)
            + [MergeUserIdentities.operation(key)]
    }

    package var credentialHint: String { "Authorization: Bearer \(key.base)" }

    package var events: EventCatalog {
        .none(.vendor, "the event types that its own clients know have none about user identities")
    }

    package func render(_ problem: Problem, of call: Call) -> Response {
        Envelope.render(problem, of: call)
    }

    package func name(ofClaim kind: UInt8) -> String {
        switch kind {
        case UserIdentity.ClaimKind.key: "user_identity_key"
        case UserIdentity.ClaimKind.emailAddress: "email_address"
        case UserIdentity.ClaimKind.phoneNumber: "phone_number"
        default: "user_identity_id"
        }
    }

    package func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person {
        let workspace = Workspace(sandbox: sandbox)
        let identity = try UserIdentity(stored: user)
        var json = JSONWriter(reserving: 512)
        identity.write(to: &json, as: user, in: workspace)
        return Person(
            id: identity.id(of: user, in: workspace), email: identity.emailAddress,
            phone: identity.phoneNumber, name: identity.fullName, json: json.bytes)
    }

    package var seedKinds: [SeedKind] {
        let operation = operations[0]
        let members = [
            "user_identity_id", "user_identity_key", "email_address", "phone_number", "full_name", "acs_system_ids",
        ]
        return [
            SeedKind(SeedKind.users, members: members) { [key] body, sandbox in
                var rest = body
                rest["user_identity_id"] = nil
                return Creation(
                    operation, fields: [("Authorization", "Bearer \(key.credential(for: sandbox))")], body: rest,
                    id: body["user_identity_id"])
            }
        ]
    }

    package func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser? {
        do throws(Problem) {
            let found = try Workspace(sandbox: sandbox).find(id: id, &batch)
            return found.identity.mergedIDs.contains { $0.hasSameBytes(as: id.lowercased()) } ? nil : found.user
        } catch {
            guard case .notFound = error.kind else { throw error }
            return nil
        }
    }
}
