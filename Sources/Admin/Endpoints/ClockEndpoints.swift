import HTTPServer
import JSON
import VendorKit

/// Asking and moving the clock, of one sandbox or the whole: what is created, `Date`, idempotency keys and the
/// journal follow.
struct ClockEndpoints {
    let clock: Clock

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/clock", query: ["sandbox"], answer: show),
            Endpoint(.put, "/__admin/clock", query: ["sandbox"]) { call throws(AdminError) in
                let reader = try ObjectReader(try call.object(), members: ["now", "frozen"])
                guard let text = try reader.string("now"), let instant = Timestamp.milliseconds(of: text) else {
                    throw AdminError(.badRequest, "now must be a time such as 2026-01-31T12:00:00.000Z")
                }
                if try reader.boolean("frozen") ?? false {
                    clock.freeze(at: instant, in: call.sandbox)
                } else {
                    clock.set(to: instant, in: call.sandbox)
                }
                return show(call)
            },
            Endpoint(.post, "/__admin/clock/freeze", query: ["sandbox"]) { call in
                clock.freeze(at: clock.now(in: call.sandbox), in: call.sandbox)
                return show(call)
            },
            Endpoint(.post, "/__admin/clock/advance", query: ["sandbox"]) { call throws(AdminError) in
                let reader = try ObjectReader(try call.object(), members: ["by"])
                guard let text = try reader.string("by"), let milliseconds = LengthOfTime.milliseconds(text) else {
                    throw AdminError(.badRequest, "by must be a length of time such as 500ms, 30s, 15m, 24h or 7d")
                }
                clock.advance(by: milliseconds, in: call.sandbox)
                return show(call)
            },
            Endpoint(.delete, "/__admin/clock", query: ["sandbox"]) { call in
                clock.reset(call.sandbox)
                return show(call)
            },
        ]
    }

    private func show(_ call: AdminCall) -> Response {
        Reply.json { json in
            json.member("sandbox", call.sandbox)
            json.member("now", Timestamp.text(clock.now(in: call.sandbox)))
            json.member("moved", clock.isMoved(in: call.sandbox))
        }
    }
}
