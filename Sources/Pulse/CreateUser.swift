import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /users`: 201 with the user. (Evidence: documented; the number 201 is RFC 9110 15.3.2's.)
enum CreateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/users") { call, batch throws(Problem) in
            try authenticate(call, with: key, &batch)
        } run: { call, staff, batch throws(Problem) in
            let user = try User(creating: call, for: staff, &batch)
            // The caller is a user of the deployment too, though no request made it. (Evidence: ours.)
            guard !Staff.holds(user.email) else {
                throw Problem(.conflict(user.claims[0], owner: nil, request: nil), by: Rules.uniqueEmail)
            }
            let stored = try batch.create(
                Pulse.number, in: staff.sandbox, for: call, at: try ChosenPlace(idOf: call),
                uniqueBy: { $0.kind == ClaimKind.id ? KitRules.chosenID : Rules.uniqueEmail }
            ) { _ in
                (user.claims, user.stored)
            }
            try batch.record([PulseEvents.userCreated, PulseEvents.userAddedToAccount], stored.id, call, staff)
            call.why = Why(Rules.created, user: stored.id)
            return Envelope.success(.created) { user.write(to: &$0, as: stored) }
        }
    }
}
