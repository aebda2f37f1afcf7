import HTTPServer
import JSON
import VendorKit

/// Connect's answers: the bare entity, or `{message, code, details?, hint?}`.
/// (Evidence: vendor, the errors page; codes in capitals beyond those it lists are ours, in its style.)
enum Envelope {
    /// A successful answer whose body `write` writes.
    static func success(
        _ status: Status, at location: String? = nil, _ write: (inout JSONWriter) -> Void
    ) -> Response {
        var json = JSONWriter(reserving: 512)
        write(&json)
        var fields = contentType
        if let location { fields.append("Location", location) }
        return Response(status, fields: fields, body: json.bytes)
    }

    static func render(_ problem: Problem) -> Response {
        let (status, code, message) = words(for: problem)
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.member("message", message)
        json.member("code", code)
        if let details = details(of: problem) {
            json.name("details")
            json.beginArray()
            for detail in details { detail.write(to: &json) }
            json.endArray()
        }
        if let hint = hint(for: problem) { json.member("hint", hint) }
        json.endObject()
        var fields = contentType
        if status == .unauthorized { fields.append("WWW-Authenticate", "ApiKey realm=\"connect\"") }
        return Response(status, fields: fields, body: json.bytes)
    }

    private static func words(for problem: Problem) -> (Status, code: String, message: String) {
        switch problem.kind {
        case .notFound: (.notFound, "NOT_FOUND", "The requested resource does not exist")
        case .notImplemented: (.notImplemented, "NOT_IMPLEMENTED", "Understudy does not serve this operation")
        case .methodNotAllowed: (.methodNotAllowed, "METHOD_NOT_ALLOWED", "Method not allowed")
        case .unauthorized: (.unauthorized, "UNAUTHORIZED", "Missing or invalid API key")
        case .forbidden: (.forbidden, "FORBIDDEN", "The API key may not perform this operation")
        case .badField, .invalid: (.badRequest, "VALIDATION_ERROR", "Validation failed for the request")
        case .tooLarge: (.contentTooLarge, "PAYLOAD_TOO_LARGE", "Request body is too large")
        case .unsupportedMediaType:
            (.unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "Content-Type must be application/json")
        case .malformedJSON: (.badRequest, "INVALID_JSON", "Request body is not valid JSON")
        case .idempotencyKeyMismatch:
            (.conflict, "idempotency_key_mismatch", "The idempotency key was already used with a different request")
        case .idempotencyKeyLocked:
            (.conflict, "idempotency_key_locked", "A request with the same idempotency key is being processed")
        case .tooManyRequests: (.tooManyRequests, "RATE_LIMIT_EXCEEDED", "Rate limit exceeded")
        case .unavailable: (.serviceUnavailable, "SERVICE_UNAVAILABLE", "The service is unavailable")
        case .conflict: (.conflict, "CONFLICT", "This id is taken")
        case .internal: (.internalServerError, "INTERNAL_ERROR", "An unexpected error occurred")
        }
    }

    private static func hint(for problem: Problem) -> String? {
        switch problem.kind {
        case .invalid: "Ensure all required fields are provided with valid values"
        case .malformedJSON(let error): "\(error)"
        case .idempotencyKeyMismatch: "Generate a new idempotency key for the new operation"
        case .idempotencyKeyLocked: "Retry the identical request after 100-500 ms"
        case .tooManyRequests: "Wait before retrying or reduce request frequency"
        default: nil
        }
    }

    private static func details(of problem: Problem) -> [Detail]? {
        switch problem.kind {
        case .invalid(let problems): problems.map(Detail.init)
        case .badField(let name, let message):
            [Detail(message: "\(name) \(message)", code: "INVALID_FORMAT", property: name)]
        default: nil
        }
    }

    private static let contentType = ResponseFields(("Content-Type", "application/json"))
}
