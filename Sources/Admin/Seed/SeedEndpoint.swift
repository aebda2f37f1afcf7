import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /__admin/seed`: creates what a seed holds, all or nothing.
///
/// With `sandbox=NAME` only that sandbox of the seed, or that sandbox by a seed that names none, which else is for
/// `default`.
enum SeedEndpoint {
    static func endpoint(_ vendors: [any Vendor], _ store: UserStore, _ clock: Clock) -> Endpoint {
        Endpoint(.post, "/__admin/seed", query: ["sandbox"]) { call throws(AdminError) in
            let bytes = call.content
            do throws(SeedError) {
                let outcome = try Seed(bytes, for: vendors, into: call.sandbox).apply(to: store, clock)
                return Reply.json { write(outcome, to: &$0) }
            } catch {
                let whole = AdminError(status(error.cause), error.problems.joined(separator: "\n"))
                return Reply.error(whole) { json in json.list("problems", error.problems) { $1.string($0) } }
            }
        }
    }

    private static func write(_ outcome: Seed.Outcome, to json: inout JSONWriter) {
        json.list("sandboxes", outcome.filled) { $1.string($0) }
        var created = JSONObject()
        for (kind, count) in outcome.created { created.append(kind, .number(JSONNumber(count))) }
        json.member("created", .object(created))
    }

    private static func status(_ cause: SeedError.Cause) -> Status {
        switch cause {
        case .seed: .badRequest
        case .clash: .conflict
        case .store: .internalServerError
        }
    }
}
