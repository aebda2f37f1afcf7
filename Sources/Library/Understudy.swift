import HTTPServer
import UserStore
import VendorKit

/// A server inside this process that answers as Sensay, Connect, Seam and Pulse would, for tests.
///
/// ```swift
/// let server = try Understudy.start()
/// defer { server.stop() }
/// // POST \(server.url)/seam/user_identities/create with Authorization: Bearer seam_test_key
/// ```
/// Any number run side by side; each has a port, users, faults and a clock of its own. By default it listens on a free
/// port of 127.0.0.1, keeps its users in memory and writes nothing anywhere. Its threads are its own, so that a test may
/// block while it waits for an answer. It stops when ``stop()`` is called, or when nobody holds it any more.
public final class Understudy: Sendable {
    /// The base URL, without a slash at its end: `http://127.0.0.1:49152`.
    public let url: String
    /// The port that it listens on.
    public let port: Int
    private let options: Options
    private let clock: Clock
    private let frozenTime: Int64?
    /// Nil once it is stopped.
    private let service: Locked<Service?>

    /// Starts a server, which takes connections when this returns.
    ///
    /// - Throws: `Failure`, when an option means nothing, the port is taken, or the database cannot be opened.
    public static func start(_ options: Options = Options()) throws(Failure) -> Understudy {
        try Understudy(options)
    }

    private init(_ options: Options) throws(Failure) {
        self.options = options
        let configuration = try options.configuration()
        frozenTime = try options.frozenTime()
        clock = Clock(at: frozenTime)
        let service: Service
        do throws(ServiceError) {
            service = try Service(configuration, clock: clock, log: Silence())
        } catch {
            throw Failure(error)
        }
        service.start()
        url = service.address.url
        port = service.address.port
        self.service = Locked(service)
    }

    deinit {
        stop()
    }

    /// Answers what is running, closes every connection, frees the port and returns.
    ///
    /// Does nothing the second time. What was in memory is gone; a ``Options/database`` stays.
    public func stop() {
        service.withLock { service in
            service?.stop()
            service = nil
        }
    }

    /// Empties every sandbox, or one, with its faults and its idempotency keys, and sets its clock to what it was at the
    /// start; as `POST /__admin/reset` does.
    ///
    /// - Throws: `Failure`, when the server is stopped, or the database refuses.
    public func reset(sandbox: String? = nil) throws(Failure) {
        let query = sandbox.map { "?sandbox=\(Query.encode($0))" } ?? ""
        let answer = service.withLock { service in
            (try? Request.make(.post, "/__admin/reset\(query)", body: "")).flatMap { service?.control($0) }
        }
        guard let answer else { throw Failure("the server is stopped") }
        guard answer.status == .noContent || answer.status == .ok else {
            throw Failure("the server is not reset: \(String(decoding: answer.body, as: UTF8.self))")
        }
        if sandbox == nil, let frozenTime { clock.freeze(at: frozenTime) }
    }
}

extension Understudy {
    /// Whom the server stands in for.
    public enum Vendor: String, Sendable, CaseIterable {
        /// Sensay: users of an organisation.
        case sensay
        /// Connect, Telness Tech's API of SeamlessOS: users and customers.
        case connect
        /// Seam: user identities of a workspace.
        case seam
        /// Pulse: users of a deployment's accounts.
        case pulse
    }

    /// What a client of a vendor needs in place of that vendor's own base URL: `http://127.0.0.1:49152/seam`.
    public func url(of vendor: Vendor) -> String {
        "\(url)/\(vendor.rawValue)"
    }

    /// The credential of a vendor, which opens the sandbox `default`, or one of a test's own, made on first use.
    ///
    /// What is done in one sandbox is not seen, and clashes with nothing, in another; one name used with all vendors is
    /// one sandbox.
    /// - Parameter sandbox: up to 64 letters, digits, `_` and `-`; the vendor refuses a credential with another name.
    public func credential(of vendor: Vendor, sandbox: String? = nil) -> String {
        let base =
            switch vendor {
            case .sensay: options.sensaySecret
            case .connect: options.connectKey
            case .seam: options.seamKey
            case .pulse: options.pulseToken
            }
        return sandbox.map { "\(base).\($0)" } ?? base
    }
}

/// A log that nobody reads.
private struct Silence: Reporter {
    func finished(_ exchanges: [Exchange]) {}
    func failed(_ message: String) {}
}
