package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// The control plane: what a test needs beside the vendors, as JSON under `/__admin`, and `/metrics`.
///
/// Its requests need no vendor's credential, are in no journal and meet no fault.
package struct Admin: ControlPlane {
    private let access: Access
    private let endpoints: [Endpoint]

    /// Paths whose content may be longer than that of a vendor's client, and how many bytes it may have.
    package static let bodies = [TransferEndpoints.importPath: TransferEndpoints.maximumBytes]

    /// Opens the control plane of a house.
    ///
    /// - Parameters:
    ///   - journal: what it shows of past exchanges; it must be among the dispatcher's reporters.
    ///   - metrics: what it shows as figures; likewise.
    ///   - keys: what it tells of idempotency keys beside the store; likewise.
    ///   - faults: what it arms; the dispatcher must ask it.
    ///   - webhooks: whom it has told of the store's events.
    package init(
        _ vendors: [any Vendor], store: UserStore, clock: Clock, journal: Journal, metrics: Metrics,
        keys: KeyUses, faults: FaultRules, webhooks: Webhooks, access: Access
    ) {
        self.access = access
        let endpoints =
            RequestEndpoints(journal: journal, vendors: vendors, store: store).all
            + StoreEndpoints(
                vendors: vendors, store: store, journal: journal, faults: faults, webhooks: webhooks, clock: clock
            ).all
            + IdempotencyEndpoints(vendors: vendors, store: store, keys: keys).all
            + SnapshotEndpoints(vendors: vendors, store: store, webhooks: webhooks, clock: clock).all
            + EventEndpoints(vendors: vendors, store: store, feed: webhooks.feed).all
            + WebhookEndpoints(webhooks: webhooks).all
            + TransferEndpoints(store: store, webhooks: webhooks).all
            + FaultEndpoints(faults: faults, vendors: vendors).all
            + ClockEndpoints(clock: clock).all
            + [
                SeedEndpoint.endpoint(vendors, store, clock),
                Endpoint(.get, "/__admin/routes") { _ in Reply.json { Routes.write(vendors, to: &$0) } },
                Endpoint(.get, "/__admin/version") { _ in Reply.json { $0.member("version", Version.current) } },
                Endpoint(.get, "/metrics") { _ in
                    Reply.text(metrics.text(store.status()), as: Exposition.contentType)
                },
            ]
        self.endpoints = [Reply.index(of: endpoints)] + endpoints
    }

    package func serves(_ path: String) -> Bool {
        !access.isOff && (path == "/metrics" || path == "/__admin" || path.hasPrefix("/__admin/"))
    }

    package func answer(_ request: Request) -> Response? {
        let path = request.target.path
        guard serves(path) else { return nil }
        if let refusal = access.refusal(of: request) { return Reply.error(AdminError(.forbidden, refusal)) }
        var allowed: [Method] = []
        for endpoint in endpoints {
            guard let parameters = endpoint.match(path == "/__admin/" ? "/__admin" : path) else { continue }
            guard endpoint.method == request.method || (endpoint.method == .get && request.method == .head) else {
                allowed += endpoint.method == .get ? [.get, .head] : [endpoint.method]
                continue
            }
            do throws(AdminError) {
                let call = AdminCall(request: request, parameters: parameters, query: Query(of: request))
                return try endpoint.answer(call)
            } catch {
                return Reply.error(error)
            }
        }
        guard allowed.isEmpty else {
            var response = Reply.error(AdminError(.methodNotAllowed, "\(request.method.name) is not supported here"))
            response.fields.append("Allow", allowed.map(\.name).joined(separator: ", "))
            return response
        }
        return Reply.noEndpoint(at: path, among: endpoints)
    }
}
