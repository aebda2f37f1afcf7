import HTTPServer
import JSON
import UserStore
import VendorKit

/// The token by which a client makes sure that a request is carried out once, however often it is sent.
///
/// The first answer under a key is kept for 24 hours with the user that it tells of, in one transaction: after a
/// crash both are there or neither. A failure keeps nothing, so the corrected request may use the same key.
/// (Evidence: documented, create-user, and the idempotency page; that failures keep nothing is a convention,
/// Stripe's among others.)
struct IdempotencyKey: Sendable {
    /// The key, as sent.
    let text: String

    /// Longest key, in characters, which are all ASCII. (Evidence: documented.)
    static let maximumLength = 256
    /// How long an answer is kept after the first use, in milliseconds. (Evidence: documented.)
    static let lifetime: Int64 = 24 * 60 * 60 * 1000

    /// Takes the key of a request, or nil when it has none.
    ///
    /// - Throws: `badField` for one that is empty, too long, not printable ASCII, or sent twice; it is never cut to fit.
    init?(of call: Call) throws(Problem) {
        let sent = call.request.fields.values(of: "x-idempotency-key")
        guard let text = sent.first else { return nil }
        let name = "X-Idempotency-Key"
        guard sent.count == 1 else {
            throw Problem(.badField(name: name, message: "must be sent once"), by: Rules.keyForm)
        }
        guard text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            throw Problem(.badField(name: name, message: "must be printable ASCII"), by: Rules.keyForm)
        }
        guard (1...Self.maximumLength).contains(text.utf8.count) else {
            let message = "must be 1 to \(Self.maximumLength) characters"
            let rule = text.isEmpty ? Rules.keyForm : Rules.keyLength
            throw Problem(.badField(name: name, message: message), by: rule)
        }
        self.text = text
    }

    /// An answer that was kept, with whom it tells of and the number of the request that got it first.
    struct Kept {
        let response: Response
        let user: UserID?
        let request: Int64
    }

    /// The kept answer to this very request, or nil when the key is free.
    ///
    /// - Throws: `idempotencyKeyMismatch` when the key was first used with another request; `idempotencyKeyLocked`
    ///   while the first answer is held back.
    func replay(_ call: Call, for client: Client, _ batch: inout Batch) throws(Problem) -> Kept? {
        let record = try batch.kept { batch throws(StoreError) -> IdempotencyRecord? in
            guard let sandbox = try batch.sandbox(named: client.sandbox) else { return nil }
            return try batch.idempotencyRecord(
                for: text, vendor: Connect.number, in: sandbox, now: call.now, lifetime: Self.lifetime)
        }
        return try record.map { record throws(Problem) in try Self.answer(of: record, to: call) }
    }

    /// Keeps the first answer, with the user that it tells of.
    ///
    /// - Returns: nil, or the answer to give instead: another process may have been first since
    ///   ``replay(_:for:_:)``, and then its answer stands.
    func keep(
        _ response: Response, about user: StoredUser, _ call: Call, _ batch: inout Batch
    ) throws(Problem) -> Kept? {
        let record = IdempotencyRecord(
            key: text, fingerprint: Fingerprint(of: call).bytes, target: "\(call.request.method.name) \(call.path)",
            status: response.status.code, fields: response.fields.bytes, body: response.body, user: user.id,
            createdAt: call.now, request: call.number)
        let first = try batch.kept { batch throws(StoreError) in
            try batch.recordIdempotency(
                record, vendor: Connect.number, in: user.id.sandbox, lifetime: Self.lifetime)
        }
        return try first.map { first throws(Problem) in try Self.answer(of: first, to: call) }
    }

    private static func answer(of record: IdempotencyRecord, to call: Call) throws(Problem) -> Kept {
        let sent = Fingerprint(of: call)
        guard record.fingerprint == sent.bytes else {
            let differing = Fingerprint(bytes: record.fingerprint).differences(to: sent)
            throw Problem(
                .idempotencyKeyMismatch(differing: differing, request: record.request), by: Rules.keyReused)
        }
        guard !call.isUnderWay(record.request) else {
            throw Problem(.idempotencyKeyLocked(request: record.request), by: Rules.keyInUse)
        }
        guard let fields = ResponseFields(encoded: record.fields) else {
            throw Problem(.internal("the kept answer of an idempotency key is damaged"), by: KitRules.store)
        }
        let response = Response(Status(code: record.status), fields: fields, body: record.body)
        return Kept(response: response, user: record.user, request: record.request)
    }
}
