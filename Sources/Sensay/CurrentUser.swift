import HTTPServer
import UserStore
import VendorKit

/// `GET /v1/users/me`: 200 with the user who calls. (Evidence: vendor, the operation's page.)
enum GetCurrentUser {
    static func operation(_ configuration: Configuration) -> Operation {
        Operation(.get, "/v1/users/me") { call, batch throws(Problem) in
            try admitUser(call, configuration, &batch)
        } run: { call, current, _ throws(Problem) in
            call.why = Why(Rules.readCurrent, user: current.stored.id, earlier: current.stored.request)
            return Envelope.success(current.stored.fields, configuration.schema)
        }
    }
}

/// `DELETE /v1/users/me`: 204, and the user is gone; its id, email and accounts are free at once. (Evidence: vendor,
/// the operation's page.)
enum DeleteCurrentUser {
    static func operation(_ configuration: Configuration) -> Operation {
        Operation(.delete, "/v1/users/me") { call, batch throws(Problem) in
            try admitUser(call, configuration, &batch)
        } run: { call, current, batch throws(Problem) in
            _ = try batch.kept { batch throws(StoreError) in
                try batch.delete(current.stored.id, claims: current.user.claims)
            }
            call.why = Why(Rules.deleted, user: current.stored.id, earlier: current.stored.request)
            return Response(.noContent, fields: APIVersion.fields)
        }
    }
}

/// Lets in the user that a call acts for, at a version that can be.
func admitUser(
    _ call: Call, _ configuration: Configuration, _ batch: inout Batch
) throws(Problem) -> CurrentUser {
    let current = try authenticateUser(call, with: configuration.secret, &batch)
    try APIVersion.check(call)
    return current
}

/// Lets in an organisation, at a version that can be; whose user the call acts for is not looked at.
///
/// (Evidence: vendor, public clients send along the id of a user whom they have yet to make.)
func admitOrganization(_ call: Call, _ configuration: Configuration) throws(Problem) -> Organization {
    let organization = try authenticate(call, with: configuration.secret)
    try APIVersion.check(call)
    return organization
}
