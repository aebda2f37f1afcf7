package import UserStore

/// What decided an answer: the rule, and for a clash or a repetition what was there before.
package struct Why: Sendable {
    /// The rule.
    package internal(set) var rule: Rule
    /// The value that is taken, for a clash.
    package var claim: Claim?
    /// The user that the answer is about: the one that was made or read, or the one that holds the claim.
    package var user: UserID?
    /// The number of the earlier request that made what this one met: the claim, or the first answer under a key.
    package var earlier: Int64?
    /// What its idempotency key did, when the key had been used before.
    package var keyUse: KeyUse?
    /// The operations that are most like what was asked for, when that is not served.
    package var nearest: [String] = []

    /// Names what decided.
    package init(
        _ rule: Rule, claim: Claim? = nil, user: UserID? = nil, earlier: Int64? = nil, keyUse: KeyUse? = nil
    ) {
        self.rule = rule
        self.claim = claim
        self.user = user
        self.earlier = earlier
        self.keyUse = keyUse
    }
}

/// What came of a request whose idempotency key had been used before.
package enum KeyUse: Sendable, Equatable {
    /// It got the first answer over again.
    case replayed
    /// It was refused, because it differs from the first request in these places.
    case differed([String])
    /// It was refused, because the first answer had not left yet.
    case locked
}

extension Why {
    /// What decided a refusal.
    init(_ problem: Problem) {
        self.init(problem.rule)
        switch problem.kind {
        case .conflict(let claim, let owner, let request):
            self.claim = claim
            user = owner
            earlier = request
        case .idempotencyKeyMismatch(let differing, let request):
            keyUse = .differed(differing)
            earlier = request
        case .idempotencyKeyLocked(let request):
            keyUse = .locked
            earlier = request
        case .notImplemented(let nearest): self.nearest = nearest
        default: break
        }
    }

    /// Writes the value of a response field, in which nothing can do harm:
    /// `email_unique; evidence=vendor; claim=email; owner=5; by=req_3`, or
    /// `idempotency_key_mismatch; evidence=documented; differs=body.name; by=req_3`.
    ///
    /// - Parameters:
    ///   - holder: the id of the user who holds the claim, as the vendor shows it.
    ///   - name: the vendor's name for a kind of claim.
    func write(to line: inout [UInt8], heldBy holder: String?, claims name: (UInt8) -> String) {
        line += rule.label
        var text = ""
        if let claim { text += "; claim=\(name(claim.kind))" }
        if let holder { text += "; owner=\(Self.short(holder))" }
        if case .differed(let places)? = keyUse { text += "; differs=\(Self.list(places))" }
        if !nearest.isEmpty { text += "; nearest=\(nearest.joined(separator: ", "))" }
        if let earlier { text += "; by=\(RequestID.text(earlier))" }
        if !text.isEmpty { line += text.utf8 }
    }
}

extension Why {
    /// The first few places as one value of a field.
    private static func list(_ places: [String]) -> String {
        places.prefix(8).map(short).joined(separator: ",") + (places.count > 8 ? ",..." : "")
    }

    /// The beginning of a text that a client chose, as a part of a field's value in which it can do no harm.
    ///
    /// Many clients give up on an answer whose head is longer than 16 KiB; what was cut off is in the explanation.
    private static func short(_ text: String) -> String {
        let bytes = text.utf8.prefix(64).map { byte in
            (0x21...0x7E).contains(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: ";")
                ? byte : UInt8(ascii: "?")
        }
        return String(decoding: bytes, as: UTF8.self) + (text.utf8.count > 64 ? "..." : "")
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
