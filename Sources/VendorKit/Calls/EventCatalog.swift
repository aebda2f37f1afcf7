/// The events that a vendor tells its subscribers of.
package struct EventCatalog: Sendable {
    /// All names that the vendor has, those of things that are not served here too.
    package let known: [String]
    /// The names that come of what is served here.
    package let sent: [String]
    /// How sure the names are.
    package let evidence: Evidence
    /// Where they stand, or where there are none about users.
    package let source: String

    /// Lists names.
    package init(known: [String], sent: [String], _ evidence: Evidence, _ source: String) {
        self.known = known
        self.sent = sent
        self.evidence = evidence
        self.source = source
    }

    /// Says that a vendor is not known to send any about its users.
    package static func none(_ evidence: Evidence, _ source: String) -> EventCatalog {
        EventCatalog(known: [], sent: [], evidence, source)
    }
}
