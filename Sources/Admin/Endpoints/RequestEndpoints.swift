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
            Endpoint(.get, "/__admin/requests", query: nil, answer: list),
            Endpoint(.delete, "/__admin/requests", query: ["sandbox"]) { call in
                journal.clear(sandbox: call.sandbox)
                return Reply.done
            },
            Endpoint(.get, "/__admin/requests/count", query: nil) { call throws(AdminError) in
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
            Endpoint(.get, "/__admin/verify", query: nil, answer: verify),
        ]
    }

    /// The newest exchanges that fit, oldest first: as JSON, as a script, or as an archive.
    private func list(_ call: AdminCall) throws(AdminError) -> Response {
        let limit = try call.query.number("limit") ?? journal.capacity
        let exchanges = Array(try matching(call).suffix(limit))
        switch call.query["format"] ?? "json" {
        case "json":
            return Reply.list("requests", exchanges) { $0.write(to: &$1) }
        case "sh": return Reply.text(ShellScript.text(exchanges), as: "text/x-shellscript; charset=utf-8")
        case "har": return Reply.json { HAR.write(exchanges, to: &$0) }
        case let other: throw AdminError(.badRequest, "format is json, sh or har, not '\(other)'")
        }
    }

    /// 200 when exactly `times` exchanges fit, 417 with the nearest misses when not; without `times`, any number
    /// but none.
    ///
    /// With `wait`, 200 as soon as they fit, and 417 when that time is over.
    private func verify(_ call: AdminCall) throws(AdminError) -> Response {
        let expectation = Expectation(filter: try filter(call), times: try call.query.number("times"))
        guard let text = call.query["wait"] else { return expectation.answer(journal.exchanges) }
        guard let wait = LengthOfTime.milliseconds(text), wait <= Self.maximumWait else {
            throw AdminError(.badRequest, "wait must be a length of time such as 500ms, 5s or 1m, at most 1m")
        }
        return journal.answer(expectation, within: .milliseconds(wait))
    }

    /// Milliseconds that a request may wait for others.
    private static let maximumWait: Int64 = 60_000

    /// The conditions of a query; a vendor that is none would fit nothing.
    private func filter(_ call: AdminCall) throws(AdminError) -> JournalFilter {
        _ = try vendors.chosen(by: call)
        return try JournalFilter(call.query)
    }

    private func matching(_ call: AdminCall) throws(AdminError) -> [Exchange] {
        let filter = try filter(call)
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
