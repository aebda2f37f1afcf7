internal import SQLite

/// An event that can no longer be undone.
package struct CommittedEvent: Hashable, Sendable {
    /// The name of its sandbox.
    package let sandbox: String
    /// The event.
    package let event: StoredEvent

    /// Names the sandbox of an event.
    package init(sandbox: String, event: StoredEvent) {
        self.sandbox = sandbox
        self.event = event
    }
}

/// Hears of the events of each batch once they are committed, in their order, and says whether it wants to hear more.
///
/// Nobody else can use the store meanwhile, so it must be quick, and must not ask the store itself.
package typealias EventObserver = @Sendable ([CommittedEvent]) -> Bool

/// An event of the batch's transaction, which may still be undone.
struct RecordedEvent: Sendable {
    let sandbox: SandboxID
    let event: StoredEvent
}

extension Batch {
    /// Records an event in the request's transaction; `data` is the vendor's own JSON, `now` in Unix milliseconds.
    /// - Throws: `StoreError`.
    @discardableResult
    package mutating func recordEvent(
        _ name: String, vendor: VendorNumber, in sandbox: SandboxID, user: UserID?, data: [UInt8], now: Int64,
        request: Int64
    ) throws(StoreError) -> StoredEvent {
        let event = try insert { batch throws(SQLiteError) in
            let event = try batch.events.add(
                name, vendor: vendor, in: sandbox, user: user, data: data, now: now, request: request)
            batch.did(insert: .event(UserID.range(of: sandbox).lowerBound + event.number))
            return event
        }
        if eventObserver != nil { recordedEvents.append(RecordedEvent(sandbox: sandbox, event: event)) }
        return event
    }

    /// Returns at most `limit` events of a sandbox, of all its vendors, after the given number, oldest first.
    /// - Throws: `StoreError`.
    package mutating func events(
        in sandbox: SandboxID, after number: Int64 = 0, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        try read { batch throws(SQLiteError) in try batch.events.page(in: sandbox, after: number, limit: limit) }
    }

    /// Returns at most `limit` events of a sandbox that later requests than the given one caused, oldest first.
    /// - Throws: `StoreError`.
    package mutating func events(
        in sandbox: SandboxID, afterRequest request: Int64, limit: Int
    ) throws(StoreError) -> [StoredEvent] {
        try read { batch throws(SQLiteError) in
            let number = try batch.events.last(in: sandbox, upToRequest: request)
            return try batch.events.page(in: sandbox, after: number, limit: limit)
        }
    }

    /// Tells somebody of all events that are committed from now on, and nobody else any more.
    package mutating func observeEvents(_ observer: @escaping EventObserver) {
        eventObserver = observer
    }

    /// Tells the observer what has just been committed.
    mutating func announceEvents() {
        guard !recordedEvents.isEmpty, let observer = eventObserver else { return }
        let recorded = recordedEvents
        recordedEvents.removeAll(keepingCapacity: true)
        var committed: [CommittedEvent] = []
        for recorded in recorded {
            guard let name = try? sandboxes.name(of: recorded.sandbox) else { continue }
            committed.append(CommittedEvent(sandbox: name, event: recorded.event))
        }
        if !observer(committed) { eventObserver = nil }
    }
}
