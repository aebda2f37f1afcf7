import HTTPServer
import JSON
import UserStore
import VendorKit

/// Why a request was answered as it was, in full: `GET /__admin/requests/{id}/explain`.
struct Explanation {
    private let exchange: Exchange
    private let vendor: (any Vendor)?
    private let journal: Journal

    init(_ exchange: Exchange, vendors: [any Vendor], journal: Journal) {
        self.exchange = exchange
        vendor = vendors.first { $0.name == exchange.vendor }
        self.journal = journal
    }

    func write(to json: inout JSONWriter) {
        json.member("id", exchange.id)
        json.member("status", exchange.response.status.code)
        json.member("vendor", exchange.vendor)
        json.member("operation", exchange.operation)
        json.member("sandbox", exchange.sandbox)
        let why = exchange.why ?? Why(KitRules.served)
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
            json.member("value", claim.value)
            json.endObject()
        }
        if let user = why.user { json.member("user", user.ordinal) }
        json.name("bodies")
        json.beginObject()
        json.name("this")
        Self.write(exchange, to: &json)
        if let number = why.earlier {
            json.name("earlier")
            if let earlier = journal.exchange(number) {
                Self.write(earlier, to: &json)
            } else {
                json.beginObject()
                json.member("id", RequestID.text(number))
                json.member("message", "no longer in the journal")
                json.endObject()
            }
        }
        json.endObject()
    }

    private static func write(_ exchange: Exchange, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", exchange.id)
        json.member("time", Timestamp.text(exchange.time))
        json.member("operation", exchange.operation)
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
