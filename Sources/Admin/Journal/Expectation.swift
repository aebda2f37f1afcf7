import HTTPServer
import JSON
import VendorKit

/// Which exchanges there should have been, and how many: what `GET /__admin/verify` asks.
struct Expectation: Sendable {
    let filter: JournalFilter
    /// Exactly so many; nil for any number but none.
    let times: Int?

    /// 200 when it is met, 417 with the nearest misses when not.
    func answer(_ exchanges: [Exchange]) -> Response {
        met(by: exchanges) ?? missed(by: exchanges)
    }

    /// 200 when it is met, nil when not.
    func met(by exchanges: [Exchange]) -> Response? {
        let count = count(exchanges)
        guard times.map({ $0 == count }) ?? (count > 0) else { return nil }
        return Reply.json { $0.member("count", count) }
    }

    private func count(_ exchanges: [Exchange]) -> Int {
        exchanges.count { filter.misses($0).isEmpty }
    }

    private func missed(by exchanges: [Exchange]) -> Response {
        let count = count(exchanges)
        let nearest = exchanges.map { ($0, filter.misses($0)) }.filter { !$0.1.isEmpty }
            .sorted { $0.1.count < $1.1.count }.prefix(3)
        return Reply.json(.expectationFailed) { json in
            json.member("message", "\(count) requests fit, not \(times.map(String.init) ?? "at least one")")
            json.member("count", count)
            json.list("nearest", nearest) { entry, json in
                let (exchange, misses) = entry
                json.beginObject()
                json.member("id", exchange.id)
                json.member("operation", exchange.operation)
                json.list("misses", misses) { $1.string($0) }
                json.endObject()
            }
        }
    }
}
