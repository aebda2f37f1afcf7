import JSON
import UserStore
import VendorKit

/// One event on its way to one webhook.
struct WebhookDelivery: Sendable {
    enum State: String, Sendable {
        case pending, delivered, failed
    }

    /// One try, and what came of it.
    struct Attempt: Sendable {
        /// Unix milliseconds.
        let at: Int64
        let milliseconds: Int
        /// What the receiver answered; nil when it did not.
        let status: Int?
        let error: String?

        var isSuccess: Bool { status.map { (200..<300).contains($0) } ?? false }
    }

    let number: Int
    let committed: CommittedEvent
    let body: [UInt8]
    var state = State.pending
    var attempts: [Attempt] = []
    /// How many of the attempts were made since it was last asked for.
    var tries = 0
    /// When to try next, by the client's clock.
    var dueAt = 0

    var id: String { "dlv_\(number)" }

    /// The attempts that are shown; earlier ones are forgotten.
    static let maximumAttempts = 20

    mutating func note(_ attempt: Attempt, delays: [Int], now: Int) {
        if attempts.count == Self.maximumAttempts { attempts.removeFirst() }
        attempts.append(attempt)
        tries += 1
        if attempt.isSuccess {
            state = .delivered
        } else if tries > delays.count {
            state = .failed
        } else {
            dueAt = now + delays[tries - 1]
        }
    }

    mutating func begin(now: Int) {
        state = .pending
        tries = 0
        dueAt = now
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("event_id", EventID(committed.event).description)
        json.member("event", committed.event.name)
        json.member("sandbox", committed.sandbox)
        json.member("state", state.rawValue)
        json.list("attempts", attempts) { attempt, json in
            json.beginObject()
            json.member("at", Timestamp.text(attempt.at))
            json.member("milliseconds", attempt.milliseconds)
            if let status = attempt.status { json.member("status", status) }
            if let error = attempt.error { json.member("error", error) }
            json.endObject()
        }
        json.name("body")
        json.rawJSON(body)
        json.endObject()
    }
}

/// How the deliveries of a webhook stand.
struct DeliveryCounts: Sendable {
    var pending = 0
    var delivered = 0
    var failed = 0
    /// Events that came while as many as are kept were waiting, and were never tried.
    var lost = 0
}
