import HTTPServer
import JSON
import UserStore

/// What is answered outside every vendor: the health check, and how to reach a vendor.
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
    func answer(_ request: Request) -> Response {
        if request.target.path == "*" {
            return Response(.noContent, fields: Self.allow([.get, .head, .post, .put, .patch, .delete, .options]))
        }
        guard request.target.path == "/healthz" else { return notFound(request) }
        switch request.method {
        case .get, .head: return health()
        case .options: return Response(.noContent, fields: Self.allow([.get, .head, .options]))
        default:
            return error(
                .methodNotAllowed, "\(request.method.name) is not supported here",
                fields: Self.allow([.get, .head, .options]))
        }
    }

    /// Answers OPTIONS, also when it is a preflight of the CORS protocol.
    static func options(_ request: Request, _ policy: CrossOrigin, _ allowed: [Method]) -> Response {
        var fields = allow(allowed)
        policy.grant(request, in: &fields)
        if request.fields.contains(.accessControlRequestMethod) { policy.grantPreflight(allowed, in: &fields) }
        return Response(.noContent, fields: fields)
    }

    /// Says how to choose between vendors that serve the same bare path.
    ///
    /// The body fits the envelopes of all of them.
    func undecided(_ request: Request, _ candidates: [any Vendor], _ marked: [any Vendor]) -> Response {
        if request.method == .options {
            let policy = CrossOrigin(allowedHeaders: [request.fields[.accessControlRequestHeaders] ?? "*"])
            return Self.options(request, policy, [.get, .head, .post, .put, .patch, .delete, .options])
        }
        let path = request.target.path
        let prefixes = candidates.map { "/\($0.name)\(path)" }.joined(separator: " or ")
        let hints = candidates.map { "\($0.name) takes \($0.credentialHint)" }.joined(separator: "; ")
        if marked.isEmpty {
            return error(
                .unauthorized, "\(path) needs a credential: \(hints). Or choose by prefix: \(prefixes)",
                fields: Self.challenge)
        }
        let names = marked.map(\.name).joined(separator: " and ")
        return error(
            .badRequest,
            "The header fields of this request are those of \(names): \(hints). Or choose by prefix: \(prefixes)")
    }

    private func health() -> Response {
        let status = store.status()
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("status", status.lastError == nil ? "ok" : "failing")
        json.member("version", Understudy.version)
        json.member("uptime_seconds", Int((clock.now - started) / 1000))
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
        json.member("code", status.reason.uppercased().replacing(" ", with: "_"))
        json.endObject()
        var all = Self.jsonFields
        all.append(contentsOf: fields)
        return Response(status, fields: all, body: json.bytes)
    }

    private static let jsonFields = ResponseFields(("Content-Type", "application/json"))
    private static let challenge = ResponseFields(("WWW-Authenticate", "Bearer"))

    private static func allow(_ methods: [Method]) -> ResponseFields {
        ResponseFields(("Allow", methods.map(\.name).joined(separator: ", ")))
    }
}
