import HTTPServer
import UserStore
import VendorKit

/// `GET /v1/users/{userID}`: 200 with the user of an id, which is compared byte by byte once its escapes are undone.
///
/// `/v1/users/me` is the user who calls, so one whose id is `me` can be made but not asked for here. (Evidence: vendor,
/// the operation's page; the reserved id is read from the paths.)
enum GetUser {
    static func operation(_ configuration: Configuration) -> Operation {
        Operation(.get, "/v1/users/{userID}") { call, _ throws(Problem) in
            try admitOrganization(call, configuration)
        } run: { call, organization, batch throws(Problem) in
            let claim = Claim(kind: User.ClaimKind.id, value: call.parameters[0])
            guard let stored = try batch.holder(of: claim, at: Sensay.number, in: organization.sandbox) else {
                throw Problem(.notFound, by: Rules.knownUser)
            }
            call.why = Why(Rules.read, user: stored.id, earlier: stored.request)
            return Envelope.success(stored.fields, configuration.schema)
        }
    }
}
