import HTTPServer
import UserStore
import VendorKit

/// `PUT /v1/users/me`: replaces the caller's whole entity, and answers 200 with it.
///
/// Members left out are gone afterwards, as RFC 9110 9.3.4 has it; the vendor does not say. The id stays: a body
/// with another one is refused. (Evidence: documented; replacement by convention, the id ours.)
enum UpdateCurrentUser {
    static func operation(_ configuration: Configuration) -> Operation {
        Operation(.put, "/v1/users/me", codings: configuration.codings) { call, batch throws(Problem) in
            try admitUser(call, configuration, &batch)
        } run: { call, current, batch throws(Problem) in
            let user = try User(reading: call, id: .required, mustBe: current.user.id, configuration.schema)
            let stored = try batch.claimed(by: { Rules.unique($0.kind) }) { batch throws(WriteFailure) in
                try batch.replace(
                    current.stored.id, claims: current.user.claims, with: user.claims, fields: user.json, now: call.now,
                    request: call.number)
            }
            guard let stored else { throw Problem(.unauthorized(.unknownUser), by: Rules.user) }
            call.why = Why(Rules.updated, user: stored.id, earlier: stored.request)
            return Envelope.success(stored.fields, configuration.schema)
        }
    }
}
