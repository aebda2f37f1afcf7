import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /v1/users`: 200 with the user. (Evidence: documented; not 201.)
enum CreateUser {
    static func operation(_ configuration: Configuration) -> Operation {
        Operation(.post, "/v1/users", codings: configuration.codings) { call, _ throws(Problem) in
            try admitOrganization(call, configuration)
        } run: { call, organization, batch throws(Problem) in
            var user = try User(reading: call, id: .optional, configuration.schema)
            if user.id.isEmpty { user.id = try newID(in: organization.sandbox, for: call, &batch) }
            let stored = try batch.create(
                Sensay.number, in: organization.sandbox, for: call, uniqueBy: { Rules.unique($0.kind) }
            ) { _ in
                (user.claims, user.json)
            }
            call.why = Why(Rules.created, user: stored.id)
            return Envelope.success(stored.fields, configuration.schema)
        }
    }

    /// The id of a user whose body has none: a UUID. (Evidence: vendor, the getting-started page.)
    ///
    /// It is the same on every run, unless a client has given just that id to a user before: then it is a random one,
    /// because a body that claims nothing cannot clash.
    private static func newID(in sandbox: String, for call: Call, _ batch: inout Batch) throws(Problem) -> String {
        try batch.kept { batch throws(StoreError) in
            let place = try batch.openSandbox(named: sandbox, now: call.now)
            let next = try batch.nextUserID(of: Sensay.number, in: place)
            let id = DerivedUUID("sensay/user/", sandbox).text(of: next.ordinal)
            let claim = Claim(kind: User.ClaimKind.id, value: id)
            return try batch.owner(of: claim, vendor: Sensay.number, in: place) == nil ? id : UUIDText.random()
        }
    }
}
