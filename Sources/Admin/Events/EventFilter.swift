import HTTPServer
import UserStore
import VendorKit

/// Which events are meant: of a vendor, of a sandbox, of certain names; all where nothing is said.
struct EventFilter: Sendable {
    let vendor: VendorNumber?
    let sandbox: String?
    let names: Set<String>

    /// Takes conditions.
    ///
    /// - Throws: for a vendor that is none, and a name that no vendor meant has, because they would choose nothing.
    init(vendor: String?, sandbox: String?, names: [String], among vendors: [any Vendor]) throws(AdminError) {
        let meant = vendor.map { name in vendors.filter { $0.name == name } } ?? vendors
        guard !meant.isEmpty else {
            throw AdminError(
                .badRequest,
                "there is no vendor '\(vendor ?? "")'; there are \(vendors.map(\.name).joined(separator: ", "))")
        }
        for name in names where !meant.contains(where: { $0.events.known.contains(name) }) {
            throw AdminError(
                .badRequest, "there is no event '\(name)'; GET /__admin/events/names lists them, by vendor")
        }
        self.vendor = vendor == nil ? nil : meant[0].number
        self.sandbox = sandbox
        self.names = Set(names)
    }

    /// Takes the conditions `vendor`, `sandbox` and, as often as wanted, `name` of a query.
    ///
    /// - Throws: also for a member that is none, because a misspelt one would choose everything.
    init(_ query: Query, among vendors: [any Vendor]) throws(AdminError) {
        let members = ["vendor", "sandbox", "name", "after", "limit", "stream"]
        for pair in query.pairs where !members.contains(pair.name) {
            throw AdminError(
                .badRequest, "'\(pair.name)' is no condition: there are \(members.joined(separator: ", "))")
        }
        try self.init(
            vendor: query["vendor"], sandbox: query["sandbox"], names: query.values(of: "name"), among: vendors)
    }

    func fits(_ committed: CommittedEvent) -> Bool {
        (vendor.map { $0 == committed.event.vendor } ?? true) && (sandbox.map { $0 == committed.sandbox } ?? true)
            && (names.isEmpty || names.contains(committed.event.name))
    }
}
