package import UserStore

/// What decided an answer: the rule, and for a clash or a repetition what was there before.
package struct Why: Sendable {
    /// The rule.
    package let rule: Rule
    /// The value that is taken, for a clash.
    package var claim: Claim?
    /// The user that the answer is about: the one that was made or read, or the one that holds the claim.
    package var user: UserID?
    /// The number of the earlier request that made what this one met: the claim, or the first answer under a key.
    package var earlier: Int64?

    /// Names what decided.
    package init(_ rule: Rule, claim: Claim? = nil, user: UserID? = nil, earlier: Int64? = nil) {
        self.rule = rule
        self.claim = claim
        self.user = user
        self.earlier = earlier
    }
}

extension Why {
    /// What decided a refusal.
    init(_ problem: Problem) {
        self.init(problem.rule)
        if case .conflict(let claim, let owner, let request) = problem.kind {
            self.claim = claim
            user = owner
            earlier = request
        }
    }

    /// One line for a response field: `email_unique; evidence=vendor; claim=email; owner=5; by=req_3`.
    ///
    /// - Parameters:
    ///   - holder: the id of the user who holds the claim, as the vendor shows it.
    ///   - name: the vendor's name for a kind of claim.
    func text(heldBy holder: String?, claims name: (UInt8) -> String) -> String {
        var text = rule.label
        if let claim { text += "; claim=\(name(claim.kind))" }
        if let holder { text += "; owner=\(holder)" }
        if let earlier { text += "; by=\(RequestID.text(earlier))" }
        return text
    }
}

/// The name by which a request is told of: `req_17`.
package enum RequestID {
    /// The name of a number.
    package static func text(_ number: Int64) -> String { "req_\(number)" }

    /// The number of a name, or of its digits alone; nil for anything else.
    package static func number(_ text: String) -> Int64? {
        let digits = text.hasPrefix("req_") ? text.dropFirst(4) : text[...]
        return digits.utf8.allSatisfy { (48...57).contains($0) } ? Int64(digits) : nil
    }
}
