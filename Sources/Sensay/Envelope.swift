import HTTPServer
import JSON
import VendorKit

/// Sensay's answers: the bare user, or `{success, error, fingerprint?, request_id, inner_exception?}`.
/// (Evidence: documented, and answers of the real API that were published.)
enum Envelope {
    /// A successful answer with a user's JSON, to which the newest schema adds that it went well.
    static func success(_ user: [UInt8], _ schema: Schema) -> Response {
        guard schema == .newest else { return Response(.ok, fields: fields, body: user) }
        // A user has an id at least, so that a comma is always right.
        return Response(.ok, fields: fields, body: Array(#"{"success":true,"#.utf8) + user.dropFirst())
    }

    static func render(_ problem: Problem, of call: Call) -> Response {
        let (status, text) = words(for: problem, of: call)
        var json = JSONWriter(reserving: 320)
        json.beginObject()
        json.member("success", false)
        json.member("error", text)
        // The generic 404 has none. (Evidence: documented; that of a user may have one.)
        if status != .notFound || isAboutUser(problem) { json.member("fingerprint", EventID.fingerprint()) }
        json.member("request_id", EventID.request(call))
        if status == .internalServerError {
            json.name("inner_exception")
            json.beginObject()
            json.member("name", "InternalServerError")
            json.member("message", "The request could not be completed")
            json.endObject()
        }
        json.endObject()
        return Response(status, fields: fields, body: json.bytes)
    }

    private static func words(for problem: Problem, of call: Call) -> (Status, String) {
        switch problem.kind {
        case .notFound: (.notFound, isAboutUser(problem) ? "User not found" : "Not Found")
        case .notImplemented: (.notImplemented, "Not Implemented")
        case .methodNotAllowed: (.methodNotAllowed, "Method Not Allowed")
        case .unauthorized: (.unauthorized, "Unauthorized")
        case .forbidden: (.forbidden, "Forbidden")
        case .badField(let name, let message): (.badRequest, "\(name): \(message)")
        case .tooLarge: (.contentTooLarge, "Payload Too Large")
        case .unsupportedMediaType: (.unsupportedMediaType, "Unsupported Media Type")
        case .malformedJSON(let error): (.badRequest, "Malformed JSON in request body: \(error)")
        case .invalid(let problems): (.badRequest, FieldMessages.text(problems))
        case .conflict: (.conflict, conflict(call))
        case .tooManyRequests: (.tooManyRequests, "Too Many Requests")
        case .unavailable: (.serviceUnavailable, "Service Unavailable")
        case .idempotencyKeyMismatch, .idempotencyKeyLocked, .internal: (.internalServerError, "Internal Server Error")
        }
    }

    /// Whether it is a user that was not found, and not the path. (Evidence: vendor, the schema's 404 of
    /// `GET /v1/users/{userID}` has a description and members of its own; the text is that description.)
    private static func isAboutUser(_ problem: Problem) -> Bool { problem.rule == Rules.knownUser }

    /// The pages' own descriptions of their 409. (Evidence: documented.)
    private static func conflict(_ call: Call) -> String {
        call.request.method == .put
            ? "Linked account or email already exists or is invalid" : "User, email, or linked account already exists"
    }

    private static let fields: ResponseFields = {
        var fields = ResponseFields(("Content-Type", "application/json"))
        fields.append(contentsOf: APIVersion.fields)
        return fields
    }()
}
