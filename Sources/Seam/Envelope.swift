import HTTPServer
import JSON
import UserStore
import VendorKit

/// Seam's answers: `{…, "ok": true}` or `{"error": {type, message, …, request_id}, "ok": false}`.
/// (Evidence: vendor; a real error body that Seam published, and seamapi/nextlove.)
enum Envelope {
    /// A successful answer whose members `write` writes.
    static func success(_ call: Call, _ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(reserving: 768)
        json.beginObject()
        write(&json)
        json.member("ok", true)
        json.endObject()
        return Response(.ok, fields: fields(requestID(of: call)), body: json.bytes)
    }

    static func render(_ problem: Problem, of call: Call) -> Response {
        let (status, type, message) = words(for: problem, of: call)
        let requestID = requestID(of: call)
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.name("error")
        json.beginObject()
        json.member("type", type)
        json.member("message", message)
        if case .invalid(let problems) = problem.kind { InvalidInput.write(problems, to: &json) }
        json.member("request_id", requestID)
        json.endObject()
        json.member("ok", false)
        json.endObject()
        return Response(status, fields: fields(requestID), body: json.bytes)
    }

    /// `{"ok":true}`, what the vendor's schema calls void.
    static func void(_ call: Call) -> Response { success(call) { _ in } }

    /// Status, type and message.
    ///
    /// (Evidence: vendor, seamapi/nextlove and seamapi/fake-seam-connect, for 405, the media type, `invalid_input` and
    /// the sentence of 413. Ours: `not_found`, `invalid_json` and `payload_too_large`, where the vendor's fake answers
    /// in plain text, which its clients cannot read; what becomes of header fields and content codings; and the
    /// message of a 500, where the vendor shows its exception's.)
    private static func words(for problem: Problem, of call: Call) -> (Status, type: String, message: String) {
        switch problem.kind {
        case .notFound where problem.rule == Rules.known:
            (.notFound, "user_identity_not_found", "User identity not found")
        case .notFound: (.notFound, "not_found", "Nothing is served at \(call.path)")
        case .notImplemented: (.notImplemented, "not_implemented", "Understudy does not serve \(call.path)")
        case .methodNotAllowed(let allowed, _):
            // Only what the route itself has: HEAD and OPTIONS are the framework's.
            (
                .methodNotAllowed, "method_not_allowed",
                "only \(allowed.filter { $0 != .head && $0 != .options }.map(\.name).joined(separator: ",")) accepted"
            )
        case .unauthorized(let fault): unauthorized(fault, call)
        case .forbidden: (.forbidden, "forbidden", "Forbidden")
        case .badField(_, let message) where problem.rule == Rules.clientSessionForm:
            (.badRequest, "invalid_client_session_token", message)
        case .badField(_, let message) where problem.rule == Rules.queryForm:
            (.badRequest, "invalid_query_params", message)
        case .badField(_, let message) where problem.rule == Rules.cursor:
            (.badRequest, "mismatched_page_parameters", message)
        case .badField(let name, let message): (.badRequest, "invalid_headers", "\(name) \(message)")
        case .tooLarge: (.contentTooLarge, "payload_too_large", "Body exceeded 1mb limit")
        case .unsupportedMediaType:
            (
                .badRequest, "invalid_content_type",
                problem.rule == KitRules.contentCoding
                    ? "Content-Encoding is not supported: send the body as it is"
                    : "\(call.request.method.name) requests must have Content-Type header with \"application/json\""
            )
        case .malformedJSON(let error): (.badRequest, "invalid_json", "Invalid JSON: \(error)")
        // Zod's own sentence for a union of which no branch fits; the details say what each branch lacks.
        case .invalid where problem.rule == Rules.branches: (.badRequest, "invalid_input", "Invalid input")
        case .invalid(let problems): (.badRequest, "invalid_input", InvalidInput.message(problems))
        case .conflict(let claim, _, _): conflict(claim.kind)
        case .tooManyRequests: (.tooManyRequests, "too_many_requests", "Too Many Requests")
        case .unavailable: (.serviceUnavailable, "service_unavailable", "Service Unavailable")
        case .idempotencyKeyMismatch, .idempotencyKeyLocked, .internal:
            (.internalServerError, "internal_server_error", "Internal Server Error")
        }
    }

    /// Which way of getting in failed. (Evidence: vendor, seamapi/fake-seam-connect; production's words are unseen.)
    private static func unauthorized(_ fault: CredentialFault, _ call: Call) -> (Status, type: String, message: String)
    {
        if case .unknownUser = fault {
            return (.unauthorized, "client_session_not_found", "Unauthorized (client session not found)")
        }
        guard case .unknown = fault, let field = call.request.fields[.authorization],
            let token = BearerToken.token(in: field, anyCase: false)
        else { return (.unauthorized, "unauthorized", "No authentication methods succeeded") }
        let message =
            switch TokenKind(of: token) {
            case .apiKey: "API Key not found"
            case .personalAccessToken: "Access token not found"
            case .consoleSession: "Session not found"
            case .clientSession: "No authentication methods succeeded"
            }
        return (.unauthorized, "unauthorized", message)
    }

    /// Whose value is taken; never `invalid_input`, which clients would raise as a fault of the field's form.
    /// (Evidence: vendor for the type of e-mail and phone, Console's automation runs; the rest is ours.)
    private static func conflict(_ kind: UInt8) -> (Status, type: String, message: String) {
        switch kind {
        case UserIdentity.ClaimKind.key:
            (.conflict, "user_identity_key_conflict", "A user identity with this user_identity_key already exists")
        case UserIdentity.ClaimKind.phoneNumber:
            (
                .conflict, "user_identity_email_or_phone_conflict",
                "A user identity with this phone_number already exists"
            )
        default:
            (
                .conflict, "user_identity_email_or_phone_conflict",
                "A user identity with this email_address already exists"
            )
        }
    }

    /// The request's UUID. (Evidence: vendor, a real error body; that it derives from the request's number is ours.)
    private static func requestID(of call: Call) -> String { requestIDs.text(of: call.number) }

    private static let requestIDs = DerivedUUID("seam/request")

    private static func fields(_ requestID: String) -> ResponseFields {
        var fields = contentType
        fields.append("seam-request-id", requestID)
        return fields
    }

    private static let contentType = ResponseFields(("Content-Type", "application/json; charset=utf-8"))
}
