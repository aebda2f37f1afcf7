import HTTPServer
import JSON
import UserStore
import VendorKit

/// Why a request was answered as it was, in full: `GET /__admin/requests/{id}/explain`.
struct Explanation {
    private let exchange: Exchange
    private let why: Why
    private let earlier: Exchange?
    private let vendor: (any Vendor)?
    private let user: Found?

    /// Looks up what the answer rested on.
    ///
    /// - Throws: when the store fails.
    init(
        _ exchange: Exchange, vendors: [any Vendor], journal: Journal, store: UserStore
    ) throws(AdminError) {
        self.exchange = exchange
        let why = exchange.why ?? Why(KitRules.served)
        self.why = why
        earlier = why.earlier.flatMap(journal.exchange)
        let vendor = vendors.first { $0.name == exchange.vendor }
        self.vendor = vendor
        // What a vendor keeps beside its users is no person.
        guard let vendor, let id = why.user, id.vendor == vendor.number else {
            user = nil
            return
        }
        let stored = try store.kept { batch throws(StoreError) in try batch.user(id) }
        // After a reset the same number is another user's, made by a later request.
        let same = stored.flatMap { $0.request <= exchange.number ?? 0 ? $0 : nil }
        user = same.map { Found(user: $0, vendor: vendor, sandbox: exchange.sandbox ?? "") }
    }

    func write(to json: inout JSONWriter) {
        json.member("id", exchange.id)
        json.member("status", exchange.response.status.code)
        json.member("vendor", exchange.vendor)
        json.member("operation", exchange.operation)
        json.member("sandbox", exchange.sandbox)
        json.member("fault", exchange.response.fields["x-understudy-fault"])
        json.name("rule")
        json.beginObject()
        json.member("code", why.rule.code)
        json.member("evidence", why.rule.evidence.rawValue)
        json.member("meaning", why.rule.evidence.meaning)
        json.member("source", why.rule.source)
        json.endObject()
        if let claim = why.claim {
            json.name("claim")
            json.beginObject()
            json.member("name", vendor?.name(ofClaim: claim.kind) ?? "")
            // As it was compared: what the vendor folds is folded.
            json.member("value", claim.value)
            json.endObject()
        }
        if let id = why.user {
            // The one who holds what this request wanted, or the one whom it made, read or changed.
            json.name(why.claim == nil ? "user" : "owner")
            if let user {
                user.write(to: &json)
            } else {
                json.beginObject()
                json.member("ordinal", id.ordinal)
                json.member("message", id.vendor == vendor?.number ? "no longer in the store" : "not a user")
                json.endObject()
            }
        }
        writeKeyUse(to: &json)
        if !why.nearest.isEmpty {
            json.list("nearest", why.nearest) { $1.string($0) }
        }
        json.name("bodies")
        json.beginObject()
        json.name("this")
        Self.write(exchange, to: &json)
        if let number = why.earlier {
            json.name("earlier")
            if let earlier {
                Self.write(earlier, to: &json)
            } else {
                json.beginObject()
                json.member("id", RequestID.text(number))
                json.member("message", "no longer in the journal")
                json.endObject()
            }
        }
        if let earlier, let first = try? JSONValue(parsing: earlier.requestBody),
            let second = try? JSONValue(parsing: exchange.requestBody)
        {
            json.list("differs", Difference.places(first, second, limit: Self.maximumPlaces)) { $1.string($0) }
        }
        json.endObject()
    }

    /// The most places that are named where two bodies differ.
    private static let maximumPlaces = 100

    /// What came of an idempotency key that had been used before.
    private func writeKeyUse(to json: inout JSONWriter) {
        guard let use = why.keyUse else { return }
        json.name("idempotency")
        json.beginObject()
        switch use {
        case .replayed: json.member("outcome", "replayed")
        case .locked: json.member("outcome", "locked")
        case .differed(let places):
            json.member("outcome", "mismatch")
            json.list("differs", places) { $1.string($0) }
        }
        json.endObject()
    }

    private static func write(_ exchange: Exchange, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", exchange.id)
        json.member("time", Timestamp.text(exchange.time))
        json.member("operation", exchange.operation)
        json.member("status", exchange.response.status.code)
        Exchange.write(exchange.requestBody, to: &json)
        json.endObject()
    }
}

extension Evidence {
    /// What the label says, for a person.
    fileprivate var meaning: String {
        switch self {
        case .documented: "the operation's own page says it"
        case .vendor: "another page, client or answer of the vendor shows it"
        case .convention: "a standard or a custom says it, and the vendor nothing else"
        case .ours: "nobody says it; Understudy chose"
        }
    }
}
