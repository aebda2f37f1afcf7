import HTTPServer
import JSON
import VendorKit

/// One method and path of the control plane.
struct Endpoint: Sendable {
    let method: Method
    /// The path; a segment in braces is a parameter.
    let path: String
    let answer: @Sendable (AdminCall) throws(AdminError) -> Response

    init(
        _ method: Method, _ path: String, answer: @escaping @Sendable (AdminCall) throws(AdminError) -> Response
    ) {
        self.method = method
        self.path = path
        self.answer = answer
    }

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

    /// The body as a JSON object; an empty body is an empty object.
    func object() throws(AdminError) -> JSONObject {
        if case .tooLarge = request.body {
            throw AdminError(.contentTooLarge, "the body is larger than the server reads")
        }
        guard case .bytes(let bytes) = request.body, !bytes.isEmpty else { return JSONObject() }
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
