import HTTPServer
import JSON
import UserStore
import VendorKit

/// What the vendors would have told their subscribers: as a list, and as a stream that goes on.
struct EventEndpoints {
    let vendors: [any Vendor]
    let store: UserStore
    let feed: EventFeed

    /// The most events that one answer lists, or a stream begins with.
    private static let maximum = 1000
    /// Clients take the stream up again so many milliseconds after it has ended, and hear of us every 15 seconds.
    private static let opening = Array("retry: 1000\n\n".utf8)
    private static let heartbeat = Array(":\n\n".utf8)

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/events", query: nil, answer: events),
            Endpoint(.get, "/__admin/events/names") { _ in names },
        ]
    }

    private func events(_ call: AdminCall) throws(AdminError) -> Response {
        let filter = try EventFilter(call.query, among: vendors)
        let accepts = call.request.fields[.accept] ?? ""
        if call.query["stream"] != nil || TextSearch("text/event-stream").isIn(accepts) {
            return try stream(call, filter)
        }
        let limit = min(try call.query.number("limit") ?? Self.maximum, Self.maximum)
        let start = try call.query["after"].map(Self.id) ?? EventID.first
        let events = try store.kept { batch throws(StoreError) in
            try EventFeed.events(after: start, limit: limit, fitting: filter, in: &batch)
        }
        let writer = EventWriter(vendors: vendors)
        return Reply.list("events", events) { writer.write($0, to: &$1) }
    }

    /// Events as they happen; before them, with `after` or `Last-Event-ID`, those that a client has missed.
    private func stream(_ call: AdminCall, _ filter: EventFilter) throws(AdminError) -> Response {
        guard feed.hasRoom else { throw AdminError(.serviceUnavailable, "too many streams are open") }
        let stream = ResponseStream(heartbeat: Self.heartbeat)
        let writer = EventWriter(vendors: vendors)
        let listener = StreamListener(stream: stream, filter: filter, writer: writer)
        var body = Self.opening
        if let text = call.request.fields["last-event-id"] ?? call.query["after"] {
            let missed = try feed.add(listener, after: try Self.id(text), limit: Self.maximum, fitting: filter)
            body += writer.text(missed.events)
            // The client comes back for the rest by the id of the last.
            if !missed.isComplete { stream.finish() }
        } else if call.request.method != .head {
            try feed.add(listener)
        }
        let fields = ResponseFields(("Content-Type", "text/event-stream"), ("Cache-Control", "no-store"))
        return Response(.ok, fields: fields, body: body, then: stream)
    }

    /// The names by vendor, or where it stands that there are none.
    private var names: Response {
        Reply.json { json in
            json.list("vendors", vendors) { vendor, json in
                let events = vendor.events
                json.beginObject()
                json.member("vendor", vendor.name)
                json.list("sent", events.sent) { $1.string($0) }
                json.list("known", events.known) { $1.string($0) }
                json.member("evidence", events.evidence.rawValue)
                json.member("source", events.source)
                json.endObject()
            }
        }
    }

    private static func id(_ text: String) throws(AdminError) -> EventID {
        guard let id = EventID(text) else {
            throw AdminError(.badRequest, "'\(text)' is the id of no event, such as 17.2; 0 is before all")
        }
        return id
    }
}

/// Writes events to a stream.
private struct StreamListener: EventListener {
    let stream: ResponseStream
    let filter: EventFilter
    let writer: EventWriter

    var isOver: Bool { stream.isOver }

    func take(_ events: [CommittedEvent]) {
        let meant = events.filter(filter.fits)
        if !meant.isEmpty { stream.append(writer.text(meant)) }
    }
}
