import HTTPServer
import Synchronization
package import VendorKit

/// The rules that are armed, and what clients prefer by `Prefer: code=429, delay=200`.
package final class FaultRules: FaultSource {
    private struct State {
        var rules: [FaultRule] = []
        var last = 0
    }

    private let state = Locked(State())
    private let isArmed = Atomic(false)
    private let takesPreferences: Bool

    /// Begins with no rule.
    ///
    /// - Parameter takesPreferences: whether a request may choose its own fault.
    package init(takesPreferences: Bool = true) {
        self.takesPreferences = takesPreferences
    }

    package func fault(of call: Call, vendor: String, operation: String) -> Fault? {
        if takesPreferences, let preference = Preference(call.request) { return preference.fault }
        // The usual request asks no lock.
        guard isArmed.load(ordering: .acquiring) else { return nil }
        return state.withLock { state in
            for index in state.rules.indices where state.rules[index].fits(call, vendor: vendor, operation: operation) {
                let rule = state.rules[index]
                state.rules[index].matched += 1
                guard rule.matched >= rule.skip, rule.times.map({ rule.hits < $0 }) ?? true else { continue }
                state.rules[index].hits += 1
                return rule.fault
            }
            return nil
        }
    }

    /// Arms a rule, after those that are armed already, and gives it its id.
    func arm(_ rule: FaultRule) -> FaultRule {
        let armed = state.withLock { state in
            state.last += 1
            var rule = rule
            rule.id = "fault_\(state.last)"
            state.rules.append(rule)
            return rule
        }
        isArmed.store(true, ordering: .releasing)
        return armed
    }

    /// The rules, in the order in which they are asked.
    var rules: [FaultRule] { state.withLock(\.rules) }

    /// Disarms the rules that are meant; false when there was none.
    func disarm(where isMeant: (FaultRule) -> Bool) -> Bool {
        state.withLock { state in
            let count = state.rules.count
            state.rules.removeAll(where: isMeant)
            if state.rules.isEmpty { isArmed.store(false, ordering: .releasing) }
            return state.rules.count < count
        }
    }
}

/// What a request prefers to be answered (RFC 7240): `code=429`, `delay=200` in milliseconds.
private struct Preference {
    let fault: Fault

    init?(_ request: Request) {
        guard let text = request.fields["prefer"] else { return nil }
        var status: Status?
        var delay = 0
        for part in text.split(separator: ",") {
            let pair = part.filter { $0 != " " && $0 != "\"" }.split(separator: "=")
            guard pair.count == 2, let number = Int(pair[1]) else { continue }
            switch pair[0].lowercased() {
            case "code": status = Fault.statuses.first { $0.code == number }
            case "delay" where (0...60_000).contains(number): delay = number
            default: break
            }
        }
        guard status != nil || delay > 0 else { return nil }
        fault = Fault(
            name: "prefer", phase: .before, status: status, retryAfter: nil, delivery: Delivery(.whole, delay: delay))
    }
}
