import HTTPServer
import UserStore
import VendorKit

/// How deliveries are made: by which rules, and how often.
struct Courier: Sendable {
    let vendors: [any Vendor]
    let targets: WebhookTargets
    /// Milliseconds from an attempt that failed to the next, for each that is made.
    let delays: [Int]
    /// Milliseconds that a receiver has for its answer.
    static let patience = 5000
    private let clock = Clock()

    init(vendors: [any Vendor], targets: WebhookTargets, delays: [Int]) {
        self.vendors = vendors
        self.targets = targets
        self.delays = delays
    }

    /// What the event's vendor would send.
    func body(_ committed: CommittedEvent) -> [UInt8] {
        vendors.first { $0.number == committed.event.vendor }?.payload(of: committed.event) ?? committed.event.data
    }

    /// Tries once; any 2xx is a success, and redirections are not followed.
    func attempt(_ delivery: WebhookDelivery, to webhook: Webhook) -> WebhookDelivery.Attempt {
        let begun = HTTPClient.now
        let at = clock.now
        var status: Int?
        var failure: String?
        do throws(HTTPClientError) {
            status = try send(delivery, to: webhook, until: begun + Self.patience)
        } catch {
            failure = error.message
        }
        return WebhookDelivery.Attempt(at: at, milliseconds: HTTPClient.now - begun, status: status, error: failure)
    }

    private func send(
        _ delivery: WebhookDelivery, to webhook: Webhook, until deadline: Int
    ) throws(HTTPClientError) -> Int {
        let url = webhook.url
        var failure = HTTPClientError(
            message: "neither /etc/hosts nor a name server knows \(url.host)")
        for address in HostAddress.addresses(of: url.host) {
            // Looked at again each time, because what a name stands for may change.
            if let refusal = targets.refusal(of: address) {
                failure = HTTPClientError(message: refusal)
                continue
            }
            do throws(HTTPClientError) {
                return try HTTPClient.send(
                    .post, url.target, fields: fields(delivery, webhook), body: delivery.body, to: address,
                    port: url.port, authority: url.authority, until: deadline
                ).status
            } catch {
                guard error.isUnreached else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// The id is the same in every attempt, so that a receiver can tell them apart from new events. (Evidence:
    /// convention, https://www.standardwebhooks.com; unsigned, because no vendor's page says how.)
    private func fields(_ delivery: WebhookDelivery, _ webhook: Webhook) -> [(String, String)] {
        [
            ("Content-Type", "application/json"), ("User-Agent", "understudy/\(Version.current)"),
            ("Webhook-Id", "\(delivery.committed.sandbox).\(EventID(delivery.committed.event))"),
            ("Webhook-Timestamp", String(clock.now / 1000)), ("X-Understudy-Webhook", webhook.id),
            ("X-Understudy-Delivery", delivery.id), ("X-Understudy-Attempt", String(delivery.tries + 1)),
        ]
    }
}
