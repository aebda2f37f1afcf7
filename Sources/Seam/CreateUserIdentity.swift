import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /user_identities/create`.
enum CreateUserIdentity {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/user_identities/create") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, workspace, batch throws(Problem) in
            var identity = try read(call)
            let chosen = try ChosenUUID(
                call, "user_identity_id", among: workspace.userIdentities, claim: UserIdentity.ClaimKind.id)
            identity.chosenID = chosen?.text
            let user = try create(identity, in: workspace, at: chosen?.place, call, &batch)
            call.why = Why(Rules.created, user: user.id)
            return Envelope.success(call) { json in
                json.name("user_identity")
                identity.write(to: &json, as: user, in: workspace)
            }
        }
    }

    /// Reads the parameters: all optional and nullable, unknown ones ignored, and no body at all is `{}`.
    /// (Evidence: documented; the lengths of at least one character, `acs_system_ids`, the empty body and what becomes
    /// of unknown members are the vendor's schema and framework; that no access system has to exist is ours.)
    private static func read(_ call: Call) throws(Problem) -> UserIdentity {
        var reader = FieldReader(try Parameters.read(call, ["acs_system_ids": .array]))
        let identity = UserIdentity(
            key: reader.string("user_identity_key", .nullable, .notEmpty).value,
            emailAddress: reader.string("email_address", .nullable, .email).value,
            phoneNumber: reader.string("phone_number", .nullable, .phone).value,
            fullName: reader.string("full_name", .nullable, .notEmpty).value)
        if let systems = reader.array("acs_system_ids").value {
            _ = reader.texts(systems, at: "acs_system_ids", .uuid)
        }
        guard reader.problems.isEmpty else { throw Problem(.invalid(reader.problems), by: Rules.schema) }
        return identity
    }

    private static func create(
        _ identity: UserIdentity, in workspace: Workspace, at place: ChosenPlace?, _ call: Call, _ batch: inout Batch
    ) throws(Problem) -> StoredUser {
        try batch.create(
            Seam.number, in: workspace.sandbox, for: call, at: place, uniqueBy: Rules.unique
        ) { _ in
            (identity.claims, identity.stored)
        }
    }
}
