import HTTPServer
import JSON
import VendorKit

/// One method and path of the control plane.
struct Endpoint: Sendable {
    let method: Method
    /// The path; a segment in braces is a parameter.
    let path: String
    private let query: [String]?
    private let tooLarge: String
    private let work: @Sendable (AdminCall) throws(AdminError) -> Response

    /// Describes an endpoint.
    ///
    /// - Parameters:
    ///   - query: the parameters that a query may have, each once; nil when `answer` checks them itself.
    ///   - tooLarge: says how long a body may be to somebody who sends a longer one.
    init(
        _ method: Method, _ path: String, query: [String]? = [],
        tooLarge: String = "a body has at most \(Limits().body) bytes",
        answer: @escaping @Sendable (AdminCall) throws(AdminError) -> Response
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.tooLarge = tooLarge
        work = answer
    }

    /// Answers a request.
    ///
    /// One whose content was not read is refused, also where no content is asked for (RFC 9110 15.5.14): what it wants
    /// is not known, and to do the rest of it would be a guess.
    func answer(_ call: AdminCall) throws(AdminError) -> Response {
        if case .tooLarge = call.request.body { throw AdminError(.contentTooLarge, tooLarge) }
        if let query { try call.query.check(against: query) }
        if let sandbox = call.sandbox { try SandboxKey.check(sandbox, as: "sandbox") }
        return try work(call)
    }

    /// Method and path, as the list of endpoints shows them.
    var line: String { "\(method.name) \(path)" }

    /// The parameters of a path that fits, or nil.
    func match(_ asked: String) -> [String]? {
        let pattern = path.split(separator: "/", omittingEmptySubsequences: false)
        let segments = asked.split(separator: "/", omittingEmptySubsequences: false)
        guard pattern.count == segments.count else { return nil }
        var parameters: [String] = []
        for (part, segment) in zip(pattern, segments) {
            if part.first == "{" {
                guard !segment.isEmpty, let bytes = RequestTarget.percentDecoded(String(segment)) else { return nil }
                parameters.append(String(decoding: bytes, as: UTF8.self))
            } else if part != segment {
                return nil
            }
        }
        return parameters
    }
}

/// A request to the control plane.
struct AdminCall: Sendable {
    let request: Request
    let parameters: [String]
    let query: Query

    /// The sandbox that the request is about; nil for all.
    var sandbox: String? { query["sandbox"] }

    /// The body; empty when there is none.
    var content: [UInt8] {
        if case .bytes(let bytes) = request.body { bytes } else { [] }
    }

    /// The body as a JSON object; an empty body is an empty object.
    func object() throws(AdminError) -> JSONObject {
        let bytes = content
        if bytes.isEmpty { return JSONObject() }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw AdminError(.badRequest, "the body is not JSON: \(error)")
        }
        guard case .object(let object) = value else { throw AdminError(.badRequest, "the body must be a JSON object") }
        return object
    }
}

/// Why the control plane did not do what was asked.
struct AdminError: Error {
    let status: Status
    let message: String

    init(_ status: Status, _ message: String) {
        self.status = status
        self.message = message
    }
}

extension SandboxKey {
    /// Refuses a text that can be no name of a sandbox, or of what is named like one.
    static func check(_ name: String, as what: String) throws(AdminError) {
        guard !isSandboxName(name) else { return }
        throw AdminError(.badRequest, "\(what) is up to 64 letters, digits, _ and -, not '\(name)'")
    }
}
