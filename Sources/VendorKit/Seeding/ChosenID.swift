import JSON
package import UserStore

/// The ordinal that a seed chose for a user.
package struct ChosenPlace: Sendable {
    /// From 1 to ``maximum``.
    package let ordinal: Int64
    /// What it is to the vendor's clients, should somebody have it already.
    package let claim: Claim

    /// The highest ordinal that can be chosen: the store counts those that are passed over.
    package static let maximum: Int64 = 1_000_000

    /// Chooses an ordinal.
    package init(_ ordinal: Int64, _ claim: Claim) {
        self.ordinal = ordinal
        self.claim = claim
    }
}

/// A UUID that a seed chose for a user, at a vendor whose ids are UUIDs.
///
/// It is a claim like others, by which the user is found. One that Understudy itself would derive for some ordinal, such
/// as an id from an earlier run, is that ordinal's: the user gets it, and so nobody else gets the id. (Evidence: ours.)
package struct ChosenUUID: Sendable {
    /// In lower case.
    package let text: String
    /// The claim on it.
    package let claim: Claim
    /// The place that it stands for, if it is a derived one.
    package let place: ChosenPlace?

    /// Takes the id that a seed chose for what a call creates, or nil when it chose none.
    ///
    /// - Parameters:
    ///   - name: the member that holds it, for a person.
    ///   - ids: the family that ids are derived from otherwise.
    ///   - kind: the number of the claim on ids.
    /// - Throws: `invalid` for what is no UUID, and one derived for an ordinal that cannot be chosen.
    package init?(
        _ call: Call, _ name: String, among ids: @autoclosure () -> DerivedUUID, claim kind: UInt8
    ) throws(Problem) {
        guard let value = call.chosenID else { return nil }
        if let fault = value.fault(against: .uuid) {
            throw Problem(.invalid([FieldProblem([.name(name)], fault)]), by: KitRules.chosenID)
        }
        guard case .string(let sent) = value else { return nil }
        text = sent.lowercased()
        claim = Claim(kind: kind, value: text)
        let ordinal = ids().number(of: text)
        if let ordinal, !(1...ChosenPlace.maximum).contains(ordinal) {
            let words = "must not be what Understudy itself makes of the number \(ordinal)"
            throw Problem(.invalid([FieldProblem([.name(name)], .breaks(words))]), by: KitRules.chosenID)
        }
        place = if let ordinal { ChosenPlace(ordinal, claim) } else { nil }
    }
}
