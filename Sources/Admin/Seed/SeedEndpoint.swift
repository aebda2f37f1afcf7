import HTTPServer
import JSON
import UserStore
import VendorKit

/// `POST /__admin/seed`: creates the users of a seed, all or none.
enum SeedEndpoint {
    static func endpoint(_ vendors: [any Vendor], _ store: UserStore, _ clock: Clock) -> Endpoint {
        Endpoint(.post, "/__admin/seed") { call throws(AdminError) in
            guard call.query.pairs.isEmpty else {
                throw AdminError(.badRequest, "a seed takes no query: it names its sandboxes itself")
            }
            let bytes: [UInt8] = if case .bytes(let bytes) = call.request.body { bytes } else { [] }
            do throws(SeedError) {
                let count = try Seed(bytes, for: vendors).apply(to: store, clock)
                return Reply.json { $0.member("created", count) }
            } catch {
                throw AdminError(status(error.cause), error.problems.joined(separator: "\n"))
            }
        }
    }

    private static func status(_ cause: SeedError.Cause) -> Status {
        switch cause {
        case .seed: .badRequest
        case .clash: .conflict
        case .store: .internalServerError
        }
    }
}
