import HTTPServer
import JSON
import UserStore
import VendorKit

/// `PATCH` and `POST /user_identities/update`: what is left out stays, what is null is cleared.
/// (Evidence: documented; both methods by the vendor's specification, seamapi/types.)
enum UpdateUserIdentity {
    static func operations(_ key: SandboxKey) -> [Operation] {
        [.patch, .post].map { method in
            Operation(method, "/user_identities/update") { call, _ throws(Problem) in
                try authenticate(call, with: key)
            } run: { call, workspace, batch throws(Problem) in
                var reader = FieldReader(try Parameters.read(call))
                let id = reader.string("user_identity_id", .required, .uuid).value
                let key = reader.string("user_identity_key", .nullable, .notEmpty)
                let email = reader.string("email_address", .nullable, .email)
                let phone = reader.string("phone_number", .nullable, .phone)
                let name = reader.string("full_name", .nullable, .notEmpty)
                guard let id, reader.problems.isEmpty else {
                    throw Problem(.invalid(reader.problems), by: Rules.schema)
                }
                let found = try workspace.find(id: id, &batch)
                var identity = found.identity
                key.change(&identity.key)
                email.change(&identity.emailAddress)
                phone.change(&identity.phoneNumber)
                name.change(&identity.fullName)
                try workspace.replace(found, with: identity, call, &batch)
                call.why = Why(Rules.updated, user: found.user.id)
                return Envelope.void(call)
            }
        }
    }
}

extension Field {
    /// Changes a value as an update says: absent leaves it, null clears it.
    fileprivate func change(_ target: inout Value?) {
        switch self {
        case .absent: break
        case .null: target = nil
        case .value(let value): target = value
        }
    }
}
