import HTTPServer
import JSON
import UserStore
import VendorKit

/// `DELETE` and `POST /user_identities/delete`: gone at once, and its key, address and number with it.
/// (Evidence: documented; that it is at once is ours, where the vendor has a warning `being_deleted`.)
enum DeleteUserIdentity {
    static func operations(_ key: SandboxKey) -> [Operation] {
        [.delete, .post].map { method in
            Operation(method, "/user_identities/delete") { call, _ throws(Problem) in
                try authenticate(call, with: key)
            } run: { call, workspace, batch throws(Problem) in
                var reader = FieldReader(try Parameters.read(call))
                guard let id = reader.string("user_identity_id", .required, .uuid).value else {
                    throw Problem(.invalid(reader.problems), by: Rules.schema)
                }
                let found = try workspace.find(id: id, &batch)
                _ = try batch.kept { batch throws(StoreError) in
                    try batch.delete(found.user.id, claims: found.identity.claims)
                }
                call.why = Why(Rules.deleted, user: found.user.id)
                return Envelope.void(call)
            }
        }
    }
}
