import HTTPServer
import JSON
import UserStore

/// What is answered outside every vendor: the health check, and how to reach a vendor. (Evidence: ours.)
struct House: Sendable {
    private let vendors: [any Vendor]
    private let store: UserStore
    private let clock: Clock
    private let started: Int64

    init(_ vendors: [any Vendor], store: UserStore, clock: Clock) {
        self.vendors = vendors
        self.store = store
        self.clock = clock
        started = clock.now
    }

    /// Answers a request that is for no vendor.
    ///
    /// - Parameter health: the answer of the health check, once this turn has one: a busy turn asks the store, which
    ///   costs a look into the database, no more than a quiet one.
    func answer(_ request: Request, health: inout Response?) -> Response {
        if let refusal = tooLarge(request) { return refusal }
        let isHealth = request.target.path == "/healthz"
        switch request.method {
        case .options where isHealth: return policy.options(request, Self.healthMethods)
        case .options where request.target.path == "*" || isPreflight(request):
            return policy.options(request, Self.allMethods)
        case .get where isHealth, .head where isHealth:
            let response = health ?? self.health()
            health = response
            return open(response, to: request)
        case _ where isHealth:
            let allow = ResponseFields(("Allow", CrossOrigin.list(Self.healthMethods)))
            let message = "\(request.method.name) is not supported here"
            return open(error(.methodNotAllowed, message, fields: allow), to: request)
        default: return unknownMethod(request) ?? open(notFound(request), to: request)
        }
    }

    /// Refuses a request whose content was not read, also where no content is asked for (RFC 9110 15.5.14).
    func tooLarge(_ request: Request) -> Response? {
        guard case .tooLarge = request.body else { return nil }
        return open(error(.contentTooLarge, "A body may have \(Limits().body) bytes here"), to: request)
    }

    /// RFC 9110 9.1: a method that nobody here knows is refused as such, wherever it is sent.
    private func unknownMethod(_ request: Request) -> Response? {
        guard !Self.allMethods.contains(request.method) else { return nil }
        return open(error(.notImplemented, "\(request.method.name) is no method of any path here"), to: request)
    }

    /// A page that has come to the wrong path must be let through to the answer that says so.
    private func isPreflight(_ request: Request) -> Bool {
        request.fields.contains(.origin) && request.fields.contains(.accessControlRequestMethod)
    }

    private func open(_ response: Response, to request: Request) -> Response {
        var response = response
        policy.grant(request, in: &response.fields)
        return response
    }

    /// Says how to choose between vendors that serve the same bare path.
    ///
    /// The body fits the envelopes of all of them.
    func undecided(_ request: Request, _ candidates: [any Vendor], _ marked: [any Vendor]) -> Response {
        if let refusal = tooLarge(request) ?? unknownMethod(request) { return refusal }
        if request.method == .options {
            // `*` would not let Authorization through (Fetch, CORS-unsafe names), so what is asked for is named.
            let policy = CrossOrigin(allowedHeaders: [request.fields[.accessControlRequestHeaders] ?? "*"])
            return policy.options(request, Self.allMethods)
        }
        let path = request.target.path
        let prefixes = candidates.map { "/\($0.name)\(path)" }.joined(separator: " or ")
        let hints = candidates.map { "\($0.name) takes \($0.credentialHint)" }.joined(separator: "; ")
        if marked.isEmpty {
            let message = "\(path) needs a credential: \(hints). Or choose by prefix: \(prefixes)"
            return open(error(.unauthorized, message, fields: Self.challenge), to: request)
        }
        let names = marked.map(\.name).joined(separator: " and ")
        let message =
            "The header fields of this request are those of \(names): \(hints). Or choose by prefix: \(prefixes)"
        return open(error(.badRequest, message), to: request)
    }

    private func health() -> Response {
        let status = store.status()
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("status", status.lastError == nil ? "ok" : "failing")
        json.member("version", Version.current)
        // The system's clock may be set back.
        json.member("uptime_seconds", max(0, clock.now - started) / 1000)
        json.name("store")
        json.beginObject()
        json.member("file", status.file)
        json.member("durability", status.durability.rawValue)
        json.member("bytes", status.bytes)
        json.member("log_bytes", status.logBytes)
        json.member("failure", status.lastError.map { "\($0)" })
        json.endObject()
        json.endObject()
        return Response(status.lastError == nil ? .ok : .serviceUnavailable, fields: Self.jsonFields, body: json.bytes)
    }

    private func notFound(_ request: Request) -> Response {
        var json = JSONWriter(reserving: 1024)
        json.beginObject()
        json.member("error", "Not Found")
        json.member("status", 404)
        json.member("message", "No vendor is served at \(request.target.path)")
        json.name("vendors")
        json.beginArray()
        for vendor in vendors {
            json.beginObject()
            json.member("vendor", vendor.name)
            json.member("prefix", "/\(vendor.name)")
            json.member("host", "\(vendor.name).localhost")
            json.member("credential", vendor.credentialHint)
            json.name("operations")
            json.beginArray()
            for operation in vendor.operations { json.string(operation.name) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return Response(.notFound, fields: Self.jsonFields, body: json.bytes)
    }

    private func error(_ status: Status, _ message: String, fields: ResponseFields = ResponseFields()) -> Response {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("error", status.reason)
        json.member("status", status.code)
        json.member("message", message)
        json.member("code", status.reason.uppercased().substituting(" ", with: "_"))
        json.endObject()
        var all = Self.jsonFields
        all.append(contentsOf: fields)
        return Response(status, fields: all, body: json.bytes)
    }

    private static let jsonFields = ResponseFields(("Content-Type", "application/json"))
    private static let challenge = ResponseFields(("WWW-Authenticate", "Bearer"))
    private static let healthMethods: [Method] = [.get, .head, .options]
    private static let allMethods: [Method] = [.get, .head, .post, .put, .patch, .delete, .options]
    private let policy = CrossOrigin(allowedHeaders: ["*"])
}
