import JSON
import UserStore
import VendorKit

/// A user, which is also exactly what Sensay shows and what the store keeps.
struct User: Sendable {
    var name: String?
    var email: String?
    var id: String
    var linkedAccounts: [LinkedAccount]

    /// What no other user of the organisation may have, in the order in which clashes are looked for.
    var claims: [Claim] {
        var claims = [Claim(kind: ClaimKind.id, value: id)]
        if let email { claims.append(Claim(kind: ClaimKind.email, value: email)) }
        return claims + linkedAccounts.map(\.claim)
    }

    /// The numbers of Sensay's kinds of claim in the store.
    enum ClaimKind {
        static let id: UInt8 = 1
        static let email: UInt8 = 2
        static let linkedAccount: UInt8 = 3
    }

    /// The user in Sensay's form: unset members left out, linked accounts always shown. (Evidence: documented; the
    /// empty list is in the vendor's getting-started page.)
    var json: [UInt8] {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        if let name { json.member("name", name) }
        if let email { json.member("email", email) }
        json.member("id", id)
        json.name("linkedAccounts")
        json.beginArray()
        for account in linkedAccounts {
            json.beginObject()
            json.member("accountID", account.id)
            json.member("accountType", account.type)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}

/// An account that a user has elsewhere.
struct LinkedAccount: Sendable {
    let id: String
    let type: String

    /// Where accounts can be. (Evidence: documented.)
    static let types = ["discord", "telegram", "embed"]

    /// The account as something that one user holds.
    ///
    /// No type has a colon, so the pair can be read in one way only.
    var claim: Claim { Claim(kind: User.ClaimKind.linkedAccount, value: "\(type):\(id)") }
}
