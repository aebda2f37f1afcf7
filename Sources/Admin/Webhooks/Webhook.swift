import HTTPServer
import JSON
import VendorKit

/// Where events may be delivered.
package enum WebhookTargets: String, CaseIterable, Sendable {
    /// To this machine and private networks.
    case local
    /// To whoever has an address.
    case any
}

/// A URL that is told of events.
struct Webhook: Sendable {
    let id: String
    let text: String
    let url: HTTPURL
    let vendor: String?
    let filter: EventFilter
    /// Unix milliseconds.
    let createdAt: Int64

    /// Reads a registration, and refuses one that could never be told anything.
    init(
        _ object: JSONObject, id: String, now: Int64, targets: WebhookTargets, among vendors: [any Vendor]
    ) throws(AdminError) {
        let reader = try ObjectReader(object, members: ["url", "vendor", "events", "sandbox"])
        guard let text = try reader.string("url"), let url = HTTPURL(text) else {
            throw AdminError(
                .badRequest, "url must be such as http://127.0.0.1:3000/hook: http without TLS, no user, no fragment")
        }
        if HostAddress.isAddress(url.host), let refusal = targets.refusal(of: url.host) {
            throw AdminError(.badRequest, refusal)
        }
        let sandbox = try reader.sandbox()
        let vendor = try reader.string("vendor")
        filter = try EventFilter(
            vendor: vendor, sandbox: sandbox, names: try reader.strings("events"), among: vendors)
        self.id = id
        self.text = text
        self.url = url
        self.vendor = vendor
        createdAt = now
    }

    func write(_ counts: DeliveryCounts, to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("url", text)
        json.member("vendor", vendor)
        json.list("events", filter.names.sorted()) { $1.string($0) }
        json.member("sandbox", filter.sandbox)
        json.member("created_at", Timestamp.text(createdAt))
        json.name("deliveries")
        json.beginObject()
        json.member("pending", counts.pending)
        json.member("delivered", counts.delivered)
        json.member("failed", counts.failed)
        json.member("lost", counts.lost)
        json.endObject()
        json.endObject()
    }
}

extension WebhookTargets {
    /// Why nothing is sent to an address; nil when it may be.
    func refusal(of address: String) -> String? {
        self == .any || HostAddress.isNear(address)
            ? nil : "\(address) is neither this machine nor of a private network; --webhooks any allows it"
    }
}
