import HTTPServer
import JSON
import UserStore
import VendorKit

/// Pulse's answers: the bare entity, or `{error, status, message}`.
/// (Evidence: documented, the Error schema; the labels are those of HTTP, the messages ours.)
enum Envelope {
    /// A successful answer whose body `write` writes.
    static func success(_ status: Status, _ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(reserving: 768)
        write(&json)
        return Response(status, fields: contentType, body: json.bytes)
    }

    static func render(_ problem: Problem, of call: Call) -> Response {
        let (status, label, message) = words(for: problem)
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("error", label)
        json.member("status", status.code)
        json.member("message", message)
        json.endObject()
        var fields = contentType
        if case .unauthorized(let fault) = problem.kind {
            // RFC 6750 3: the error is named only to those who tried a token.
            if case .missing = fault {
                fields.append("WWW-Authenticate", "Bearer")
            } else {
                fields.append("WWW-Authenticate", "Bearer error=\"invalid_token\"")
            }
        }
        return Response(status, fields: fields, body: json.bytes)
    }

    private static func words(for problem: Problem) -> (Status, label: String, message: String) {
        switch problem.kind {
        case .notFound where problem.rule == Rules.knownUser: (.notFound, "Not Found", "User not found")
        case .notFound: (.notFound, "Not Found", "No such resource")
        case .notImplemented:
            (.notImplemented, "Not Implemented", "Understudy does not serve this operation")
        case .methodNotAllowed(_, let received):
            (.methodNotAllowed, "Method Not Allowed", "\(received.name) is not supported here")
        case .unauthorized where problem.rule == Rules.login:
            (.unauthorized, "Unauthorized", "These credentials open nothing")
        case .unauthorized: (.unauthorized, "Unauthorized", "A valid bearer token is required")
        case .forbidden where problem.rule == Rules.callerStays:
            (.forbidden, "Forbidden", "You cannot change or delete yourself")
        case .forbidden: (.forbidden, "Forbidden", "You do not have access to this account")
        case .badField(let name, let message): (.badRequest, "Bad Request", "\(name) \(message)")
        case .tooLarge: (.contentTooLarge, "Payload Too Large", "Request body exceeds 1 MiB")
        case .unsupportedMediaType:
            (.unsupportedMediaType, "Unsupported Media Type", "Content-Type must be application/json")
        case .malformedJSON(let error): (.badRequest, "Bad Request", "Request body is not valid JSON: \(error)")
        case .invalid(let problems):
            (.badRequest, "Bad Request", FaultText.of(problems))
        case .conflict(let claim, _, _) where claim.kind != ClaimKind.email:
            (.conflict, "Conflict", "This one already exists")
        case .conflict: (.conflict, "Conflict", "A user with this email already exists")
        case .tooManyRequests: (.tooManyRequests, "Too Many Requests", "Rate limit exceeded")
        case .unavailable: (.serviceUnavailable, "Service Unavailable", "The service is unavailable")
        case .idempotencyKeyMismatch, .idempotencyKeyLocked, .internal:
            (.internalServerError, "Internal Server Error", "An unexpected error occurred")
        }
    }

    private static let contentType = ResponseFields(("Content-Type", "application/json"))
}
