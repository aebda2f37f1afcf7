import HTTPServer
import JSON
import UserStore
import VendorKit

/// What past requests can be asked: list, count, one, why, whether they came; and forgetting them.
struct RequestEndpoints {
    let journal: Journal
    let vendors: [any Vendor]
    let store: UserStore

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/requests", answer: list),
            Endpoint(.delete, "/__admin/requests") { call in
                journal.clear(sandbox: call.sandbox)
                return Reply.done
            },
            Endpoint(.get, "/__admin/requests/count") { call throws(AdminError) in
                let count = try matching(call).count
                return Reply.json { $0.member("count", count) }
            },
            Endpoint(.get, "/__admin/requests/{id}") { call throws(AdminError) in
                let exchange = try one(call)
                return Reply.json { json in
                    json.name("request")
                    exchange.write(to: &json)
                }
            },
            Endpoint(.get, "/__admin/requests/{id}/explain") { call throws(AdminError) in
                let exchange = try one(call)
                let explanation = try Explanation(exchange, vendors: vendors, journal: journal, store: store)
                return Reply.json { explanation.write(to: &$0) }
            },
            Endpoint(.get, "/__admin/verify", answer: verify),
        ]
    }

    /// The newest exchanges that fit, oldest first: as JSON, as a script, or as an archive.
    private func list(_ call: AdminCall) throws(AdminError) -> Response {
        let limit = try call.query.number("limit") ?? journal.capacity
        let exchanges = Array(try matching(call).suffix(limit))
        switch call.query["format"] ?? "json" {
        case "json":
            return Reply.json { json in
                json.name("requests")
                json.beginArray()
                for exchange in exchanges { exchange.write(to: &json) }
                json.endArray()
            }
        case "sh": return Reply.text(ShellScript.text(exchanges), as: "text/x-shellscript; charset=utf-8")
        case "har": return Reply.json { HAR.write(exchanges, to: &$0) }
        case let other: throw AdminError(.badRequest, "format is json, sh or har, not '\(other)'")
        }
    }

    /// 200 when exactly `times` exchanges fit, 417 with the nearest misses when not; without `times`, any number
    /// but none.
    private func verify(_ call: AdminCall) throws(AdminError) -> Response {
        let filter = try JournalFilter(call.query)
        let times = try call.query.number("times")
        let exchanges = journal.exchanges
        let found = exchanges.filter { filter.misses($0).isEmpty }
        if times.map({ $0 == found.count }) ?? !found.isEmpty {
            return Reply.json { $0.member("count", found.count) }
        }
        let nearest = exchanges.map { ($0, filter.misses($0)) }.filter { !$0.1.isEmpty }
            .sorted { $0.1.count < $1.1.count }.prefix(3)
        return Reply.json(.expectationFailed) { json in
            json.member("message", "\(found.count) requests fit, not \(times.map(String.init) ?? "at least one")")
            json.member("count", found.count)
            json.name("nearest")
            json.beginArray()
            for (exchange, misses) in nearest {
                json.beginObject()
                json.member("id", exchange.id)
                json.member("operation", exchange.operation)
                json.name("misses")
                json.beginArray()
                for miss in misses { json.string(miss) }
                json.endArray()
                json.endObject()
            }
            json.endArray()
        }
    }

    private func matching(_ call: AdminCall) throws(AdminError) -> [Exchange] {
        let filter = try JournalFilter(call.query)
        return journal.exchanges.filter { filter.misses($0).isEmpty }
    }

    private func one(_ call: AdminCall) throws(AdminError) -> Exchange {
        guard let number = RequestID.number(call.parameters[0]), let exchange = journal.exchange(number) else {
            throw AdminError(
                .notFound,
                "the journal has no request \(call.parameters[0]); it keeps the last \(journal.capacity), --journal N")
        }
        return exchange
    }
}
