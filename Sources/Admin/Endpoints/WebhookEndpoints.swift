import HTTPServer
import JSON
import UserStore
import VendorKit

/// Registering URLs that are told of events, and looking at what became of the deliveries.
struct WebhookEndpoints {
    let webhooks: Webhooks

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/webhooks") { _ in
                Reply.list("webhooks", webhooks.all) { $0.webhook.write($0.counts, to: &$1) }
            },
            Endpoint(.post, "/__admin/webhooks") { call throws(AdminError) in
                show(try webhooks.register(try call.object()), .created)
            },
            Endpoint(.get, "/__admin/webhooks/{id}") { call throws(AdminError) in
                show(try webhooks.queue(call.parameters[0]))
            },
            Endpoint(.delete, "/__admin/webhooks/{id}") { call throws(AdminError) in
                try webhooks.delete(call.parameters[0])
                return Reply.done
            },
            Endpoint(.get, "/__admin/webhooks/{id}/deliveries", query: ["sandbox"]) { call throws(AdminError) in
                let deliveries = try webhooks.queue(call.parameters[0]).deliveries.filter { delivery in
                    call.sandbox.map { $0 == delivery.committed.sandbox } ?? true
                }
                return Reply.list("deliveries", deliveries) { $0.write(to: &$1) }
            },
            Endpoint(.post, "/__admin/webhooks/{id}/deliveries/{delivery}") { call throws(AdminError) in
                let id = call.parameters[1]
                guard let isBegun = try webhooks.queue(call.parameters[0]).repeatDelivery(id) else {
                    throw AdminError(.notFound, "there is no delivery '\(id)'; the last thousand are kept")
                }
                guard isBegun else { throw AdminError(.conflict, "the delivery '\(id)' is still being made") }
                return Reply.json(.accepted) { $0.member("id", id) }
            },
        ]
    }

    private func show(_ queue: DeliveryQueue, _ status: Status = .ok) -> Response {
        Reply.json(status) { json in
            json.name("webhook")
            queue.webhook.write(queue.counts, to: &json)
        }
    }
}
