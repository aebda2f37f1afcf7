import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET /users/{email}`: 200 with the user. (Evidence: ours; the vendor has PATCH and DELETE on this path, and addresses
/// users so.)
enum GetUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users/{email}") { call, batch throws(Problem) in
            try authenticate(call, with: key, &batch)
        } run: { call, staff, batch throws(Problem) in
            // The caller is a user too, though nobody made it. (Evidence: ours.)
            if Staff.holds(call.parameters[0]) {
                call.why = Why(Rules.read)
                let accounts = try batch.accounts(in: staff.sandbox)
                return Envelope.success(.ok) { Staff.write(to: &$0, accounts: accounts) }
            }
            let (stored, user) = try batch.user(named: call.parameters[0], in: staff.sandbox)
            call.why = Why(Rules.read, user: stored.id, earlier: stored.request)
            return Envelope.success(.ok) { user.write(to: &$0, as: stored) }
        }
    }
}

/// `PATCH /users/{email}`: 200 with the user as it is now. (Evidence: vendor, the operation's page.)
enum UpdateUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.patch, "/users/{email}") { call, batch throws(Problem) in
            try authenticate(call, with: key, &batch)
        } run: { call, staff, batch throws(Problem) in
            // The body is looked at first: one that is wrong is wrong for everybody. (Evidence: convention.)
            var changed = User(email: "", account: staff.account, createdBy: Staff.email)
            try changed.change(by: call, in: staff.sandbox, &batch)
            if Staff.holds(call.parameters[0]) { throw Problem(.forbidden, by: Rules.callerStays) }
            let (stored, before) = try batch.user(named: call.parameters[0], in: staff.sandbox)
            var user = before
            try user.change(by: call, in: staff.sandbox, &batch)
            let updated = try batch.claimed(by: { _ in Rules.uniqueEmail }) { batch throws(WriteFailure) in
                try batch.replace(
                    stored.id, claims: before.claims, with: user.claims, fields: user.stored, now: call.now,
                    request: call.number)
            }
            guard let updated else { throw Problem(.notFound, by: Rules.knownUser) }
            var events = [PulseEvents.userUpdated]
            if user.roles != before.roles { events.append(PulseEvents.userRolesUpdated) }
            try batch.record(events, stored.id, call, staff)
            call.why = Why(Rules.updated, user: stored.id, earlier: stored.request)
            return Envelope.success(.ok) { user.write(to: &$0, as: updated) }
        }
    }
}

/// `DELETE /users/{email}`: 200 with a message; the email is free at once. (Evidence: vendor, the operation's page.)
enum DeleteUser {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.delete, "/users/{email}") { call, batch throws(Problem) in
            try authenticate(call, with: key, &batch)
        } run: { call, staff, batch throws(Problem) in
            if Staff.holds(call.parameters[0]) { throw Problem(.forbidden, by: Rules.callerStays) }
            let (stored, user) = try batch.user(named: call.parameters[0], in: staff.sandbox)
            _ = try batch.kept { batch throws(StoreError) in try batch.delete(stored.id, claims: user.claims) }
            try batch.record([PulseEvents.userDeleted], stored.id, call, staff)
            call.why = Why(Rules.deleted, user: stored.id, earlier: stored.request)
            return Envelope.success(.ok) { json in
                json.beginObject()
                json.member("message", "User deleted successfully")
                json.endObject()
            }
        }
    }
}

extension Batch {
    /// The user of an email, in any letter case.
    ///
    /// - Throws: `notFound` when there is none.
    fileprivate mutating func user(
        named email: String, in sandbox: String
    ) throws(Problem) -> (stored: StoredUser, user: User) {
        guard let stored = try holder(of: User.claim(on: email), at: Pulse.number, in: sandbox) else {
            throw Problem(.notFound, by: Rules.knownUser)
        }
        return (stored, try User(stored: stored))
    }

    /// Records what Pulse tells its listeners, in its order. (Evidence: the names are documented; which of them come
    /// with what is ours.)
    mutating func record(
        _ names: [String], _ user: UserID, _ call: Call, _ staff: Staff
    ) throws(Problem) {
        var data = JSONWriter(reserving: 96)
        data.beginObject()
        data.member("user", Staff.email)
        data.member("account_id", staff.account.id)
        data.member("userId", String(user.ordinal))
        data.endObject()
        for name in names {
            _ = try kept { batch throws(StoreError) in
                try batch.recordEvent(
                    name, vendor: Pulse.number, in: user.sandbox, user: user, data: data.bytes, now: call.now,
                    request: call.number)
            }
        }
    }
}
