import JSON
import UserStore
import VendorKit

/// A user identity's own fields: what a client may set.
struct UserIdentity {
    var key: String?
    var emailAddress: String?
    var phoneNumber: String?
    var fullName: String?
    /// The id that a seed chose, in place of the derived one.
    var chosenID: String?
    /// The ids of those that were merged into this one, oldest merger first.
    var mergedIDs: [String] = []
    /// Their keys.
    var mergedKeys: [String] = []

    /// What no other user identity of the workspace may have, in the order in which clashes are looked for.
    ///
    /// Values compare by their bytes. (Evidence: documented as unique; the order, and that case counts, are ours.)
    var claims: [Claim] {
        var claims: [Claim] = []
        if let key { claims.append(Claim(kind: ClaimKind.key, value: key)) }
        if let emailAddress { claims.append(Claim(kind: ClaimKind.emailAddress, value: emailAddress)) }
        if let phoneNumber { claims.append(Claim(kind: ClaimKind.phoneNumber, value: phoneNumber)) }
        // A merged key goes on resolving, so nobody else may have it; an own key says so already.
        for merged in mergedKeys where !(key.map { $0.hasSameBytes(as: merged) } ?? false) {
            claims.append(Claim(kind: ClaimKind.key, value: merged))
        }
        if let chosenID { claims.append(Claim(kind: ClaimKind.id, value: chosenID)) }
        for merged in mergedIDs { claims.append(Claim(kind: ClaimKind.id, value: merged)) }
        return claims
    }

    /// The numbers of Seam's kinds of claim in the store.
    enum ClaimKind {
        static let key: UInt8 = 1
        static let emailAddress: UInt8 = 2
        static let phoneNumber: UInt8 = 3
        /// An id that is not derived from the row: one that a seed chose, or that of one that was merged.
        static let id: UInt8 = 4
    }

    /// The fields as the store keeps them: Seam's names, unset ones left out.
    var stored: [UInt8] {
        var json = JSONWriter(reserving: 192)
        json.beginObject()
        if let key { json.member("user_identity_key", key) }
        if let emailAddress { json.member("email_address", emailAddress) }
        if let phoneNumber { json.member("phone_number", phoneNumber) }
        if let fullName { json.member("full_name", fullName) }
        if let chosenID { json.member("user_identity_id", chosenID) }
        if !mergedIDs.isEmpty { json.member("merged_user_identity_ids", mergedIDs) }
        if !mergedKeys.isEmpty { json.member("merged_user_identity_keys", mergedKeys) }
        json.endObject()
        return json.bytes
    }

    /// The id that Seam shows.
    func id(of user: StoredUser, in workspace: Workspace) -> String {
        chosenID ?? workspace.userIdentities.text(of: user.id.ordinal)
    }

    /// The name to show: never empty. (Evidence: vendor, the order of seamapi/fake-seam-connect; the phone is ours.)
    func displayName(id: @autoclosure () -> String) -> String {
        fullName ?? emailAddress ?? key ?? phoneNumber ?? "User \(id())"
    }

    /// Writes the user identity as Seam shows it: the eight fields of its page, then the five that the current
    /// specification added; unset fields are null, never left out. (Evidence: documented, and vendor, seamapi/types.)
    func write(to json: inout JSONWriter, as user: StoredUser, in workspace: Workspace) {
        json.beginObject()
        if let chosenID {
            json.member("user_identity_id", chosenID)
        } else {
            json.member("user_identity_id", workspace.userIdentities, of: user.id.ordinal)
        }
        json.member("user_identity_key", key)
        json.member("email_address", emailAddress)
        json.member("phone_number", phoneNumber)
        json.member("display_name", displayName(id: id(of: user, in: workspace)))
        json.member("full_name", fullName)
        json.member("created_at", timestamp: user.createdAt)
        json.member("workspace_id", workspace.ids, of: 0)
        if mergedIDs.isEmpty, mergedKeys.isEmpty {
            // As almost everybody: one constant instead of five names and ten brackets, 2,500 instructions less.
            json.rawMembers(
                """
                "merged_user_identity_ids":[],"merged_user_identity_keys":[],"errors":[],"warnings":[],"acs_user_ids":[]
                """)
        } else {
            json.member("merged_user_identity_ids", mergedIDs)
            json.member("merged_user_identity_keys", mergedKeys)
            json.rawMembers(#""errors":[],"warnings":[],"acs_user_ids":[]"#)
        }
        json.endObject()
    }
}

extension UserIdentity {
    /// Reads a user identity back from the store.
    ///
    /// - Throws: `internal` when the store holds something else.
    init(stored: StoredUser) throws(Problem) {
        guard let value = try? JSONValue(parsing: stored.fields), case .object(let object) = value else {
            throw Problem(.internal("user \(stored.id.rawValue) is damaged in the store"), by: KitRules.store)
        }
        var reader = FieldReader(object)
        key = reader.string("user_identity_key").value
        emailAddress = reader.string("email_address").value
        phoneNumber = reader.string("phone_number").value
        fullName = reader.string("full_name").value
        chosenID = reader.string("user_identity_id").value
        mergedIDs = reader.texts("merged_user_identity_ids").value ?? []
        mergedKeys = reader.texts("merged_user_identity_keys").value ?? []
    }
}

extension JSONWriter {
    /// Writes a member whose value is a list of texts.
    mutating func member(_ name: StaticString, _ texts: [String]) {
        self.name(name)
        beginArray()
        for text in texts { string(text) }
        endArray()
    }
}
