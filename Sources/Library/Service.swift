package import Admin
package import HTTPServer
package import UserStore
package import VendorKit

/// The vendors with their store, their control plane and their HTTP server, put together: what the program and the
/// library start and stop as one.
///
/// Connections are taken once it is made, and read from ``start()`` on. It must be stopped.
package final class Service: Sendable {
    /// What is served, and how.
    package struct Configuration: Sendable {
        /// Who answers.
        package var vendors: [any Vendor]
        /// Where the users are kept.
        package var store = StoreLocation.memory
        /// What an answer survives.
        package var durability = Durability.normal
        /// The address to listen on.
        package var host = "127.0.0.1"
        /// The port to listen on; 0 takes a free one.
        package var port = 0
        /// How many threads read and write sockets.
        package var loops = 1
        /// What one client may take.
        package var limits = Limits()
        /// How many exchanges the journal keeps.
        package var journal = 1000
        /// Who may use the control plane.
        package var access = Access()
        /// Where events may be delivered.
        package var webhooks = WebhookTargets.local
        /// What sandboxes that hold nothing yet begin with.
        package var seed: Seed?
        /// Whether a request may choose by `Prefer` what goes wrong with it.
        package var takesPreferences = true
        /// Whether answers carry `X-Understudy-Request-Id` and `X-Understudy-Why`.
        package var explains = true

        /// Serves some vendors to this machine, at a free port, from a store in memory.
        package init(_ vendors: [any Vendor]) {
            self.vendors = vendors
        }
    }

    /// Where it listens.
    package let address: BoundAddress
    /// What became of the seed; nil when there was none.
    package let seeded: Seed.Outcome?
    private let store: UserStore
    private let admin: Admin
    private let server: Server
    private let housekeeper: Housekeeper
    private let webhooks: Webhooks

    /// Opens the store, sows the seed and listens.
    ///
    /// - Parameters:
    ///   - clock: the time of everything in it.
    ///   - log: what hears of exchanges and failures, beside the journal and the metrics.
    /// - Throws: `ServiceError`; nothing is left running or open then.
    package init(
        _ configuration: Configuration, clock: Clock, log: some Reporter
    ) throws(ServiceError) {
        do throws(StoreError) {
            store = try UserStore(at: configuration.store, durability: configuration.durability)
        } catch {
            throw .store(error)
        }
        do throws(SeedError) {
            // A store that outlives the service has been filled by its first start.
            seeded = try configuration.seed?.apply(to: store, clock, onlyEmpty: true)
        } catch {
            store.close()
            throw .seed(error)
        }
        let journal = Journal(capacity: configuration.journal)
        let metrics = Metrics()
        let keys = KeyUses()
        let faults = FaultRules(takesPreferences: configuration.takesPreferences)
        webhooks = Webhooks(configuration.vendors, store: store, targets: configuration.webhooks)
        admin = Admin(
            configuration.vendors, store: store, clock: clock, journal: journal, metrics: metrics, keys: keys,
            faults: faults, webhooks: webhooks, access: configuration.access)
        let dispatcher = Dispatcher(
            configuration.vendors, store: store, clock: clock, bodyLimit: configuration.limits.body,
            reporter: Reporters([log, journal, metrics, keys]), explains: configuration.explains, control: admin,
            faults: faults)
        var limits = configuration.limits
        if !configuration.access.isOff { limits.bodies.merge(Admin.bodies) { own, _ in own } }
        do throws(ServerError) {
            server = try Server(
                host: configuration.host, port: configuration.port, loops: configuration.loops,
                limits: limits, handler: dispatcher)
        } catch {
            store.close()
            throw .server(error)
        }
        metrics.watch(server)
        address = server.address
        do throws(SystemError) {
            housekeeper = try Housekeeper(store, clock, log)
        } catch {
            server.stop()
            store.close()
            throw .server(.resources(error))
        }
    }

    /// Lets requests in.
    package func start() {
        server.start()
    }

    /// Answers what is running, closes every connection and then the store, and returns; does nothing a second time.
    ///
    /// - Returns: how many events were still to be delivered to webhooks.
    @discardableResult
    package func stop() -> Int {
        housekeeper.stop()
        server.stop()
        let undelivered = webhooks.stop()
        store.close()
        return undelivered
    }

    /// Asks the control plane, as somebody on this machine; nothing may ask it after ``stop()``.
    package func control(_ request: Request) -> Response? {
        admin.answer(request)
    }
}

/// Why a service could not be started.
package enum ServiceError: Error {
    /// The store cannot be opened.
    case store(StoreError)
    /// A user to begin with is refused.
    case seed(SeedError)
    /// The server cannot listen, or the system lacks what it needs.
    case server(ServerError)
}
