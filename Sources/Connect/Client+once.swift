import HTTPServer
import UserStore
import VendorKit

extension Client {
    /// Carries a request out, or gives the first answer under its idempotency key over again.
    ///
    /// - Parameter work: makes the answer, with the row that it tells of.
    func once(
        _ call: inout Call, _ batch: inout Batch, by rule: Rule,
        _ work: (inout Batch) throws(Problem) -> (Response, StoredUser)
    ) throws(Problem) -> Response {
        if let kept = try idempotencyKey?.replay(call, for: self, &batch) {
            call.why = Why(Rules.replay, user: kept.user, earlier: kept.request, keyUse: .replayed)
            return kept.response
        }
        let (response, stored) = try work(&batch)
        call.why = Why(rule, user: stored.id)
        guard let idempotencyKey else { return response }
        guard let first = try idempotencyKey.keep(response, about: stored, call, &batch) else { return response }
        call.why = Why(Rules.replay, user: first.user, earlier: first.request, keyUse: .replayed)
        return first.response
    }
}

/// A 201's fields: where what was made can be read. (Evidence: convention, RFC 9110 15.3.2.)
func location(_ call: Call, _ collection: String, _ id: String) -> String {
    let path = call.request.target.path
    let prefix = path.utf8.dropLast(call.path.utf8.count)
    return "\(String(decoding: prefix, as: UTF8.self))/\(collection)/\(id)"
}
