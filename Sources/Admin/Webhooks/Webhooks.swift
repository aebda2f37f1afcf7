import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// The URLs that are told of events, in memory: gone with the process, and so are their deliveries.
package final class Webhooks: Sendable {
    private struct State {
        var queues: [DeliveryQueue] = []
        var next = 1
        var isStopped = false
    }

    private let state = Locked(State())
    private let courier: Courier
    private let clock = Clock()
    /// What passes events on.
    let feed: EventFeed
    /// The most that are registered at a time: each has a thread.
    private static let maximum = 32

    /// Waits for registrations.
    ///
    /// - Parameters:
    ///   - targets: where events may be delivered.
    ///   - delays: milliseconds from an attempt that failed to the next, for each that is made.
    package init(
        _ vendors: [any Vendor], store: UserStore, targets: WebhookTargets = .local,
        delays: [Int] = [1000, 2000, 4000, 8000, 16_000]
    ) {
        courier = Courier(vendors: vendors, targets: targets, delays: delays)
        feed = EventFeed(store)
    }

    /// Delivers nothing more.
    ///
    /// - Returns: how many deliveries were still to be made.
    package func stop() -> Int {
        let queues = state.withLock { state in
            state.isStopped = true
            return state.queues
        }
        return queues.reduce(0) { $0 + $1.stop() }
    }

    var all: [DeliveryQueue] { state.withLock { $0.queues } }

    func queue(_ id: String) throws(AdminError) -> DeliveryQueue {
        guard let queue = all.first(where: { $0.webhook.id == id }) else {
            throw AdminError(.notFound, "there is no webhook '\(id)'")
        }
        return queue
    }

    func register(_ object: JSONObject) throws(AdminError) -> DeliveryQueue {
        let number = state.withLock { state in
            defer { state.next += 1 }
            return state.next
        }
        let webhook = try Webhook(
            object, id: "wh_\(number)", now: clock.now, targets: courier.targets, among: courier.vendors)
        guard feed.hasRoom, all.count < Self.maximum else {
            throw AdminError(.conflict, "there are \(all.count) webhooks already; delete one")
        }
        let queue: DeliveryQueue
        do throws(SystemError) {
            queue = try DeliveryQueue(webhook, courier: courier)
        } catch {
            throw AdminError(.serviceUnavailable, "the system gives no thread: \(error)")
        }
        try feed.add(queue)
        let isLate = state.withLock { state in
            if !state.isStopped { state.queues.append(queue) }
            return state.isStopped
        }
        if isLate { _ = queue.stop() }
        return queue
    }

    func delete(_ id: String) throws(AdminError) {
        _ = try queue(id).stop()
        state.withLock { state in state.queues.removeAll { $0.webhook.id == id } }
    }

    /// Forgets all deliveries, or those of one sandbox's events; registrations stay.
    func forget(sandbox: String?) {
        for queue in all { queue.forget(sandbox: sandbox) }
    }
}
