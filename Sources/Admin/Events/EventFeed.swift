import HTTPServer
import UserStore
import VendorKit

/// Hears of events as they are committed.
protocol EventListener: Sendable {
    /// Whether it need not be told any more.
    var isOver: Bool { get }
    /// Takes events in the order of their commits; with the store's lock held, so it must be quick.
    func take(_ events: [CommittedEvent])
}

/// Passes the store's events on to everybody who listens; while nobody does, it costs nothing.
final class EventFeed: Sendable {
    private let store: UserStore
    private let listeners = Locked<[any EventListener]>([])
    /// The most listeners at a time.
    private static let maximum = 256

    init(_ store: UserStore) {
        self.store = store
    }

    /// Has somebody told of every event from now on.
    func add(_ listener: any EventListener) throws(AdminError) {
        try store.kept { batch throws(StoreError) in observe(in: &batch) { $0.append(listener) } }
    }

    /// Has somebody told of every event after the one of an id: of those that have been, by what is returned.
    ///
    /// Nothing is missed in between and nothing comes twice: the store is asked and watched in one step.
    /// - Returns: at most `limit` events; with more of them the listener is told of no others, so that it asks again.
    func add(
        _ listener: any EventListener, after id: EventID, limit: Int, fitting filter: EventFilter
    ) throws(AdminError) -> (events: [CommittedEvent], isComplete: Bool) {
        try store.kept { batch throws(StoreError) in
            let events = try Self.events(after: id, limit: limit + 1, fitting: filter, in: &batch)
            guard events.count <= limit else { return (Array(events.prefix(limit)), false) }
            observe(in: &batch) { $0.append(listener) }
            return (events, true)
        }
    }

    /// Whether there is room for one more.
    var hasRoom: Bool {
        listeners.withLock { listeners in
            listeners.removeAll { $0.isOver }
            return listeners.count < Self.maximum
        }
    }

    /// At most `limit` events after the one of an id, in the order of their commits.
    static func events(
        after id: EventID, limit: Int, fitting filter: EventFilter, in batch: inout Batch
    ) throws(StoreError) -> [CommittedEvent] {
        var found: [CommittedEvent] = []
        for sandbox in try batch.allSandboxes() where filter.sandbox.map({ $0 == sandbox.name }) ?? true {
            var count = 0
            // The request itself may have had more events than the client has seen.
            var page = try batch.events(in: sandbox.id, afterRequest: id.request - 1, limit: limit)
            while !page.isEmpty, count < limit {
                for event in page where EventID(event) > id {
                    let committed = CommittedEvent(sandbox: sandbox.name, event: event)
                    guard filter.fits(committed), count < limit else { continue }
                    found.append(committed)
                    count += 1
                }
                page =
                    page.count < limit
                    ? [] : try batch.events(in: sandbox.id, after: page[page.count - 1].number, limit: limit)
            }
        }
        return Array(found.sorted { EventID($0.event) < EventID($1.event) }.prefix(limit))
    }

    private func observe(in batch: inout Batch, _ change: (inout [any EventListener]) -> Void) {
        listeners.withLock { change(&$0) }
        batch.observeEvents { [weak self] events in self?.publish(events) ?? false }
    }

    /// - Returns: whether anybody is left.
    private func publish(_ events: [CommittedEvent]) -> Bool {
        for listener in listeners.withLock({ $0 }) where !listener.isOver { listener.take(events) }
        return listeners.withLock { listeners in
            listeners.removeAll { $0.isOver }
            return !listeners.isEmpty
        }
    }
}
