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
