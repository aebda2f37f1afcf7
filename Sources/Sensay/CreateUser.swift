import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /v1/users`: 200 with the user. (Evidence: documented; not 201.)
enum CreateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/v1/users") { call, _ throws(Problem) in
            let organization = try authenticate(call, with: key)
            try APIVersion.check(call)
            return organization
        } run: { call, organization, batch throws(Problem) in
            var user = try User(reading: call, id: .optional)
            let isNameless = user.id.isEmpty
            let stored = try batch.create(
                Sensay.number, in: organization.sandbox, for: call, uniqueBy: { Rules.unique($0.kind) }
            ) { id in
                if isNameless { user.id = DerivedUUID("sensay/user/\(organization.sandbox)").text(of: id.ordinal) }
                return (user.claims, user.json)
            }
            return Envelope.success(stored.fields)
        }
    }
}
