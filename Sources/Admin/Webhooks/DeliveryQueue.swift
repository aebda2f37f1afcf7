import HTTPServer
import UserStore
import VendorKit

/// The deliveries of one webhook, made one after the other on a thread of their own: a receiver that is slow holds up
/// no other, and nobody who is served.
final class DeliveryQueue: EventListener {
    private struct State {
        var deliveries: [WebhookDelivery] = []
        var next = 1
        var lost = 0
        var isStopped = false
    }

    private enum Step {
        case deliver(WebhookDelivery)
        case wait(milliseconds: Int32)
        case stop
    }

    let webhook: Webhook
    private let courier: Courier
    private let state = Locked(State())
    private let wakeup: Wakeup
    /// The most deliveries that are kept, and so the most that wait.
    private static let capacity = 1000

    /// Begins to deliver what it is told of.
    ///
    /// - Throws: `SystemError` when the system gives no thread.
    init(_ webhook: Webhook, courier: Courier) throws(SystemError) {
        self.webhook = webhook
        self.courier = courier
        wakeup = try Wakeup()
        try startThread { [self] in run() }
    }

    var isOver: Bool { state.withLock { $0.isStopped } }

    func take(_ events: [CommittedEvent]) {
        let meant = events.filter(webhook.filter.fits)
        guard !meant.isEmpty else { return }
        let now = HTTPClient.now
        state.withLock { state in
            for committed in meant where !state.isStopped { Self.add(committed, courier, now, to: &state) }
        }
        wakeup.signal()
    }

    private static func add(_ committed: CommittedEvent, _ courier: Courier, _ now: Int, to state: inout State) {
        if state.deliveries.count >= capacity {
            guard let oldest = state.deliveries.firstIndex(where: { $0.state != .pending }) else {
                state.lost += 1
                return
            }
            state.deliveries.remove(at: oldest)
        }
        var delivery = WebhookDelivery(number: state.next, committed: committed, body: courier.body(committed))
        delivery.begin(now: now)
        state.next += 1
        state.deliveries.append(delivery)
    }

    /// The deliveries that are still kept, oldest first.
    var deliveries: [WebhookDelivery] { state.withLock { $0.deliveries } }

    var counts: DeliveryCounts {
        state.withLock { state in
            var counts = DeliveryCounts(lost: state.lost)
            for delivery in state.deliveries {
                switch delivery.state {
                case .pending: counts.pending += 1
                case .delivered: counts.delivered += 1
                case .failed: counts.failed += 1
                }
            }
            return counts
        }
    }

    /// Makes a delivery once more.
    ///
    /// - Returns: nil when there is none of that id; false when it waits already.
    func repeatDelivery(_ id: String) -> Bool? {
        let result: Bool? = state.withLock { state in
            guard let index = state.deliveries.firstIndex(where: { $0.id == id }) else { return nil }
            guard state.deliveries[index].state != .pending else { return false }
            state.deliveries[index].begin(now: HTTPClient.now)
            return true
        }
        wakeup.signal()
        return result
    }

    /// Forgets all deliveries, or those of one sandbox's events, made or not.
    func forget(sandbox: String?) {
        state.withLock { state in
            state.deliveries.removeAll { delivery in sandbox.map { $0 == delivery.committed.sandbox } ?? true }
            if sandbox == nil { state.lost = 0 }
        }
    }

    /// Delivers nothing more.
    ///
    /// - Returns: how many deliveries were still to be made.
    func stop() -> Int {
        defer { wakeup.signal() }
        return state.withLock { state in
            state.isStopped = true
            return state.deliveries.count { $0.state == .pending }
        }
    }

    private func run() {
        while true {
            switch state.withLock({ Self.step($0) }) {
            case .stop: return
            case .wait(let milliseconds):
                wakeup.wait(milliseconds: milliseconds)
                wakeup.clear()
            case .deliver(let delivery):
                let attempt = courier.attempt(delivery, to: webhook)
                state.withLock { state in
                    // It may have been forgotten meanwhile.
                    guard let index = state.deliveries.firstIndex(where: { $0.number == delivery.number }) else {
                        return
                    }
                    state.deliveries[index].note(attempt, delays: courier.delays, now: HTTPClient.now)
                }
            }
        }
    }

    private static func step(_ state: State) -> Step {
        if state.isStopped { return .stop }
        let pending = state.deliveries.filter { $0.state == .pending }
        guard let first = pending.min(by: { ($0.dueAt, $0.number) < ($1.dueAt, $1.number) }) else {
            return .wait(milliseconds: -1)
        }
        let left = first.dueAt - HTTPClient.now
        return left > 0 ? .wait(milliseconds: Int32(clamping: left)) : .deliver(first)
    }
}
