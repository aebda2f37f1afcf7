package import HTTPServer
package import UserStore

/// One vendor: what it serves, and how it words a refusal.
///
/// A vendor is a value that knows its configuration and nothing of sockets, SQL or the other vendors.
package protocol Vendor: Sendable {
    /// The lower-case name: path prefix, host label, flag prefix.
    var name: String { get }
    /// Its number in the store; never reused for another vendor.
    var number: VendorNumber { get }
    /// The vendor's real host names, for those who point a DNS alias here.
    var hosts: [String] { get }
    /// How to prove oneself in this sandbox, in one line, for a person: `Authorization: Bearer seam_test_key`.
    var credentialHint: String { get }
    /// What it serves, in the order of its documentation.
    var operations: [Operation] { get }
    /// What else the vendor is known to have, which is answered 501.
    var unserved: [UnservedPath] { get }
    /// Rules of ``KitRules``, by their code, for which this vendor has evidence of its own.
    var sharedRules: [Rule] { get }
    /// What a browser of another origin may do.
    var crossOrigin: CrossOrigin { get }

    /// What it tells its subscribers of, as far as that is known.
    var events: EventCatalog { get }

    /// An event as the vendor sends it to a subscriber, in JSON.
    func payload(of event: StoredEvent) -> [UInt8]

    /// Seconds that its 429 names in `Retry-After`. (Evidence: ours, where a vendor says nothing.)
    var retryAfter: Int { get }

    /// What its answers to OPTIONS carry beyond what HTTP and CORS ask for.
    var optionsFields: ResponseFields { get }

    /// How clearly a request on a bare path speaks this vendor's language, by its header alone.
    func affinity(for request: Request) -> Affinity

    /// Words a refusal in the vendor's own envelope.
    func render(_ problem: Problem, of call: Call) -> Response

    /// The vendor's name for a kind of claim, for a person: `email_address`.
    func name(ofClaim kind: UInt8) -> String

    /// Shows a user of a sandbox as one looks for people, whatever the vendor.
    ///
    /// - Throws: `internal` when the store holds something else than this vendor's user.
    func person(_ user: StoredUser, in sandbox: String) throws(Problem) -> Person

    /// What a seed may hold for this vendor, in the order in which it is created; its users are among it.
    var seedKinds: [SeedKind] { get }

    /// Finds a user of a sandbox by the id that ``person(_:in:)`` shows; nil when there is none.
    ///
    /// - Throws: `internal` when the store fails.
    func user(_ id: String, in sandbox: String, _ batch: inout Batch) throws(Problem) -> StoredUser?
}

extension Vendor {
    package var unserved: [UnservedPath] { [] }
    package var sharedRules: [Rule] { [] }
    package var retryAfter: Int { 1 }
    package var optionsFields: ResponseFields { ResponseFields() }
    package func payload(of event: StoredEvent) -> [UInt8] { event.data }
    package var events: EventCatalog { .none(.ours, "nothing is known of its events") }
    package func affinity(for request: Request) -> Affinity { .none }
}

extension Vendor {
    /// A rule with what this vendor shows of it, where that is more than what holds everywhere.
    func ownRule(for rule: Rule) -> Rule {
        sharedRules.first { $0.code == rule.code } ?? rule
    }
}

/// How clearly a request on a path that several vendors serve is meant for one of them, from not at all upwards.
package enum Affinity: Int, Comparable, Sendable {
    /// Nothing in it is this vendor's.
    case none
    /// It has something that this vendor uses, and others may too.
    case weak
    /// It has an optional mark of this vendor.
    case strong
    /// It has what every request of this vendor must have and no other's has.
    case certain

    package static func < (left: Affinity, right: Affinity) -> Bool { left.rawValue < right.rawValue }
}
