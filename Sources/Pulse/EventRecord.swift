import JSON
import UserStore
import VendorKit

/// An event as Pulse shows it: `id`, `event`, `user` (the caller's email), `apiKey`, `data` (ids as texts), `created`
/// and `account_id`.
///
/// (Evidence: vendor, the audit records on its page on leads; the members about the request are left out, because an
/// event outlives its request here.)
enum EventRecord {
    static func json(_ event: StoredEvent) -> [UInt8] {
        var kept: [(name: String, value: JSONValue)] = []
        if case .object(let object)? = try? JSONValue(parsing: event.data) {
            kept = object.members.map { ($0.name, $0.value) }
        }
        let own = ["user", "account_id"]
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("id", event.number)
        json.member("event", event.name)
        json.name("user")
        json.value(kept.first { $0.name == own[0] }?.value ?? .null)
        json.name("apiKey")
        json.null()
        json.name("data")
        json.beginObject()
        for member in kept where !own.contains(member.name) {
            json.name(member.name)
            json.value(member.value)
        }
        json.endObject()
        json.member("created", timestamp: event.createdAt)
        json.name("account_id")
        json.value(kept.first { $0.name == own[1] }?.value ?? .null)
        json.endObject()
        return json.bytes
    }
}
