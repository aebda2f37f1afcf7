/// One thing that a vendor is known, or assumed, to do, with what that knowledge rests on.
///
/// Every refusal names the rule that decided it, so that a user who doubts an answer can see whether the vendor
/// documents it or Understudy chose it. An object, because one goes with every answer, and its texts would be counted
/// each for itself whenever it is handed on.
package final class Rule: Sendable {
    /// A short machine code, unique within its vendor: `email_unique`.
    package let code: String
    /// What the rule rests on.
    package let evidence: Evidence
    /// Where it stands: a page, a standard with its section, or the reason for our choice.
    package let source: String
    /// Code and evidence as a response field has them: `email_unique; evidence=vendor`.
    let label: [UInt8]

    /// Names a rule.
    package init(_ code: String, _ evidence: Evidence, _ source: String) {
        self.code = code
        self.evidence = evidence
        self.source = source
        label = Array("\(code); evidence=\(evidence.rawValue)".utf8)
    }
}

extension Rule: Hashable {
    package static func == (left: Rule, right: Rule) -> Bool {
        left === right || (left.label, left.source) == (right.label, right.source)
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(label)
        hasher.combine(source)
    }
}

/// How sure Understudy is that the vendor really behaves so, from surest to least.
package enum Evidence: String, Sendable, CaseIterable {
    /// The operation's own documentation page says it.
    case documented
    /// Another page, schema, client or captured answer of the same vendor shows it.
    case vendor
    /// A standard or a widespread custom says it, and the vendor says nothing else.
    case convention
    /// Nobody says it, and an emulator must do something.
    case ours
}
