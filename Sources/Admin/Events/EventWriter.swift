import HTTPServer
import JSON
import UserStore
import VendorKit

/// Shows events, in a list and in a stream.
struct EventWriter: Sendable {
    let vendors: [any Vendor]

    func write(_ committed: CommittedEvent, to json: inout JSONWriter) {
        let event = committed.event
        json.beginObject()
        json.member("id", EventID(event).description)
        json.member("number", event.number)
        json.member("event", event.name)
        json.member("vendor", vendors.first { $0.number == event.vendor }?.name)
        json.member("sandbox", committed.sandbox)
        json.member("created_at", Timestamp.text(event.createdAt))
        json.member("request", RequestID.text(event.request))
        if let user = event.user { json.member("user", user.ordinal) }
        json.name("data")
        json.rawJSON(event.data)
        json.endObject()
    }

    /// Events as Server-Sent Events: no JSON of ours has a line end in it
    /// (https://html.spec.whatwg.org/multipage/server-sent-events.html).
    func text(_ events: [CommittedEvent]) -> [UInt8] {
        var text: [UInt8] = []
        for committed in events {
            var json = JSONWriter(reserving: 256)
            write(committed, to: &json)
            text += Array("id: \(EventID(committed.event))\nevent: \(committed.event.name)\ndata: ".utf8)
            text += json.bytes
            text += Array("\n\n".utf8)
        }
        return text
    }
}
