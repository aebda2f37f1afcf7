package import HTTPServer

/// Something that goes wrong on purpose with one call.
package struct Fault: Sendable {
    /// When it strikes.
    package enum Phase: String, Sendable, CaseIterable {
        /// Instead of the operation: nothing is done.
        case before
        /// After the operation is committed: it is done, and its answer is lost. The fault that proves retries.
        case after
    }

    /// The name of the rule that chose it.
    package let name: String
    /// When it strikes.
    package let phase: Phase
    /// The status of the answer, in the vendor's own envelope; nil leaves the answer as it is.
    package let status: Status?
    /// Seconds that `Retry-After` names, with 429 and 503; nil for the vendor's own with 429, and none with 503.
    package let retryAfter: Int?
    /// How the answer is delivered.
    package let delivery: Delivery

    /// Describes a fault.
    package init(name: String, phase: Phase, status: Status?, retryAfter: Int?, delivery: Delivery) {
        self.name = name
        self.phase = phase
        self.status = status
        self.retryAfter = retryAfter
        self.delivery = delivery
    }

    /// The statuses that every vendor has words for.
    package static let statuses: [Status] = [
        .unauthorized, .forbidden, .notFound, .contentTooLarge, .unsupportedMediaType, .tooManyRequests,
        .internalServerError, .serviceUnavailable,
    ]

    /// The refusal that a vendor words for the status; nil when there is none to be worded.
    var problem: Problem? {
        let kind: Problem.Kind? =
            switch status {
            case .unauthorized: .unauthorized(.unknown)
            case .forbidden: .forbidden
            case .notFound: .notFound
            case .contentTooLarge: .tooLarge(limit: 0)
            case .unsupportedMediaType: .unsupportedMediaType
            case .tooManyRequests: .tooManyRequests(retryAfter: retryAfter)
            case .serviceUnavailable: .unavailable(retryAfter: retryAfter)
            case nil: nil
            default: .internal("injected by the fault '\(name)'")
            }
        return kind.map { Problem($0, by: KitRules.injected) }
    }
}

/// Chooses what goes wrong.
package protocol FaultSource: Sendable {
    /// The fault that strikes a call which was admitted to a sandbox; nil when none does.
    func fault(of call: Call, vendor: String, operation: String) -> Fault?
}
