import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET` and `POST /user_identities/get`: one user identity, by id or by key.
/// (Evidence: documented; both methods and the union by the vendor's specification, seamapi/types.)
enum GetUserIdentity {
    static func operations(_ key: SandboxKey) -> [Operation] {
        [.get, .post].map { method in
            Operation(method, "/user_identities/get") { call, _ throws(Problem) in
                try authenticate(call, with: key, takesSessions: true)
            } run: { call, workspace, batch throws(Problem) in
                let found = try find(call, workspace, &batch)
                call.why = Why(Rules.got, user: found.user.id)
                return Envelope.success(call) { json in
                    json.name("user_identity")
                    found.identity.write(to: &json, as: found.user, in: workspace)
                }
            }
        }
    }

    /// The union of two schemas: the id decides where it is good, else the key does.
    private static func find(_ call: Call, _ workspace: Workspace, _ batch: inout Batch) throws(Problem) -> Found {
        let parameters = try Parameters.read(call)
        var byID = FieldReader(parameters)
        if let id = byID.string("user_identity_id", .required, .uuid).value {
            return try workspace.find(id: id, &batch)
        }
        var byKey = FieldReader(parameters)
        if let key = byKey.string("user_identity_key", .required, .notEmpty).value {
            return try workspace.find(key: key, &batch)
        }
        throw Problem(.invalid(byID.problems + byKey.problems), by: Rules.branches)
    }
}
