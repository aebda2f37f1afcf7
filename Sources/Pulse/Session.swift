import HTTPServer
import JSON
import UserStore
import VendorKit

/// Somebody who has yet to say who it is.
struct Anyone: Caller {
    let sandbox = SandboxKey.defaultSandbox
}

/// `POST /auth/login`: 200 with a session, whose token opens the same deployment.
///
/// Where the vendor wants a password or the secret of an API key, Understudy wants the token: it names the deployment,
/// and there is nothing to set up. Whoever has it is the admin. (Evidence: vendor for both bodies and the answer, the
/// guide's getting-started page and the page on the session; what the password is, is ours.)
enum LogIn {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.post, "/auth/login") { _, _ throws(Problem) in
            Anyone()
        } run: { call, _, batch throws(Problem) in
            let secret = try read(call)
            guard let secret, let sandbox = key.sandbox(openedBy: secret) else {
                throw Problem(.unauthorized(.missing), by: Rules.login)
            }
            call.sandbox = sandbox
            try record(call, in: sandbox, &batch)
            call.why = Why(Rules.login)
            return Session.answer(secret, call, accounts: try batch.accounts(in: sandbox))
        }
    }

    /// The secret of a body; nil when it is somebody else's.
    private static func read(_ call: Call) throws(Problem) -> String? {
        var reader = try FieldReader(bodyOf: call)
        let isKey = reader.object["apiKey"] != nil || reader.object["apiSecret"] != nil
        let name = reader.string(isKey ? "apiKey" : "email", .required, isKey ? .notEmpty : .email).value
        let secret = reader.string(isKey ? "apiSecret" : "password", .required).value
        guard reader.problems.isEmpty, let name else { throw Problem(.invalid(reader.problems), by: Rules.schema) }
        return isKey || Staff.holds(name) ? secret : nil
    }

    private static func record(_ call: Call, in name: String, _ batch: inout Batch) throws(Problem) {
        var data = JSONWriter(reserving: 48)
        data.beginObject()
        data.member("user", Staff.email)
        data.endObject()
        _ = try batch.kept { batch throws(StoreError) in
            try batch.recordEvent(
                PulseEvents.userLoggedIn, vendor: Pulse.number, in: try batch.openSandbox(named: name, now: call.now),
                user: nil, data: data.bytes, now: call.now, request: call.number)
        }
    }
}

/// `GET /auth/session`: 200 with the session of the token. (Evidence: vendor, the getting-started page and the page on
/// the session; `x-account-id` is not asked for because the answer is how one learns it.)
enum GetSession {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/auth/session") { call, _ throws(Problem) in
            try authenticateToken(call, with: key)
        } run: { call, holder, batch throws(Problem) in
            call.why = Why(Rules.session)
            return Session.answer(holder.token, call, accounts: try batch.accounts(in: holder.sandbox))
        }
    }
}

/// What a token stands for.
enum Session {
    /// How long the answer says that a token lives, in milliseconds: a week.
    ///
    /// (Evidence: vendor, about what its sample shows; that no token really ends is ours.)
    static let lifetime: Int64 = 7 * 86_400_000

    static func answer(_ token: String, _ call: Call, accounts: [Account]) -> Response {
        Envelope.success(.ok) { json in
            json.beginObject()
            Staff.writeMembers(to: &json, accounts: accounts) { json in
                json.name("impersonating")
                json.null()
                json.name("primaryAccount")
                Staff.write(Account.all[0], to: &json)
            }
            json.member("token", token)
            json.member("expiresAt", Timestamp.text(call.now + lifetime))
            json.endObject()
        }
    }
}

extension Staff {
    /// When the admin was made, which nobody saw. (Evidence: ours.)
    private static let since = "2025-01-01T00:00:00.000Z"

    /// Writes the admin as a user.
    ///
    /// Its id is 0, which no user that was made has. (Evidence: ours.)
    static func write(to json: inout JSONWriter, accounts: [Account]) {
        json.beginObject()
        writeMembers(to: &json, accounts: accounts) { _ in }
        json.endObject()
    }

    static func writeMembers(
        to json: inout JSONWriter, accounts: [Account], session: (inout JSONWriter) -> Void
    ) {
        json.member("id", 0)
        json.member("email", email)
        json.member("active", true)
        json.member("notificationPreferences", .object(JSONObject()))
        json.member("createdBy", email)
        json.member("updatedBy", email)
        json.member("createdAt", since)
        json.member("updatedAt", since)
        session(&json)
        json.name("accounts")
        json.beginArray()
        for account in accounts { write(account, to: &json) }
        json.endArray()
        for (name, texts) in [
            ("flatRolesList", ["superAdmin"]),
            ("flatPermissionsList", Role.permissions(of: Role.all.filter { $0.name == "superAdmin" })),
        ] {
            json.name(name)
            json.beginArray()
            for text in texts { json.string(text) }
            json.endArray()
        }
    }

    static func write(_ account: Account, to json: inout JSONWriter) {
        json.beginObject()
        json.member("accountId", account.id)
        json.member("accountName", account.name)
        json.member("usersPrimaryAccount", account.id == Account.all[0].id)
        json.member("accountAdmin", true)
        json.endObject()
    }
}
