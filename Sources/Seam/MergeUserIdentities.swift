import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /user_identities/merge`: some user identities become part of another, to which their ids and keys then lead.
///
/// The survivor keeps its own fields and takes an address or number that it lacks from the first that has one; further
/// ones are free again. One that is the survivor already is passed over. (Evidence: vendor, seamapi/types that ids and
/// keys go on resolving, seamapi/python that what is missing is taken and that a repeated merger changes nothing; ours,
/// from whom it is taken.)
enum MergeUserIdentities {
    /// Most that one call merges. (Evidence: vendor, seamapi/types.)
    static let maximum = 20

    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/user_identities/merge") { call, _ throws(Problem) in
            try authenticate(call, with: key)
        } run: { call, workspace, batch throws(Problem) in
            let (survivor, others) = try find(call, workspace, &batch)
            var identity = survivor.identity
            for other in others {
                identity.emailAddress = identity.emailAddress ?? other.identity.emailAddress
                identity.phoneNumber = identity.phoneNumber ?? other.identity.phoneNumber
                identity.mergedIDs.append(other.identity.id(of: other.user, in: workspace))
                identity.mergedIDs += other.identity.mergedIDs
                if let key = other.identity.key { identity.mergedKeys.append(key) }
                // A key that stands among the own merged ones stood there before it was set anew.
                identity.mergedKeys += other.identity.mergedKeys.filter { merged in
                    !(other.identity.key.map { $0.hasSameBytes(as: merged) } ?? false)
                }
                _ = try batch.kept { batch throws(StoreError) in
                    try batch.delete(other.user.id, claims: other.identity.claims)
                }
            }
            if !others.isEmpty { try workspace.replace(survivor, with: identity, call, &batch) }
            call.why = Why(Rules.merged, user: survivor.user.id)
            return Envelope.void(call)
        }
    }

    /// The union of two schemas: all by id, or all by key; with the survivor itself and repetitions left out.
    private static func find(
        _ call: Call, _ workspace: Workspace, _ batch: inout Batch
    ) throws(Problem) -> (Found, [Found]) {
        let parameters = try Parameters.read(
            call, ["merged_user_identity_ids": .array, "merged_user_identity_keys": .array])
        var byID = FieldReader(parameters)
        let id = byID.string("user_identity_id", .required, .uuid).value
        let ids = list("merged_user_identity_ids", .uuid, &byID)
        var byKey = FieldReader(parameters)
        let key = byKey.string("user_identity_key", .required).value
        let keys = list("merged_user_identity_keys", nil, &byKey)
        let survivor: Found
        var all: [Found] = []
        if let id, let ids {
            survivor = try workspace.find(id: id, &batch)
            for id in ids { all.append(try workspace.find(id: id, &batch)) }
        } else if let key, let keys {
            survivor = try workspace.find(key: key, &batch)
            for key in keys { all.append(try workspace.find(key: key, &batch)) }
        } else {
            throw Problem(.invalid(byID.problems + byKey.problems), by: Rules.branches)
        }
        var seen: Set = [survivor.user.id]
        return (survivor, all.filter { seen.insert($0.user.id).inserted })
    }

    private static func list(_ name: String, _ check: TextRule?, _ reader: inout FieldReader) -> [String]? {
        guard let elements = reader.array(name, .required).value else { return nil }
        if elements.isEmpty { reader.note(name, .breaks("Array must contain at least 1 element(s)")) }
        if elements.count > maximum { reader.note(name, .breaks("Array must contain at most \(maximum) element(s)")) }
        let texts = reader.texts(elements, at: name, check)
        return (1...maximum).contains(elements.count) ? texts : nil
    }
}
