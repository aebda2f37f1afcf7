import HTTPServer
import JSON
import VendorKit

/// Answers of the control plane.
enum Reply {
    /// A JSON object whose members `write` writes.
    static func json(_ status: Status = .ok, _ write: (inout JSONWriter) -> Void) -> Response {
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        write(&json)
        json.endObject()
        return Response(status, fields: jsonFields, body: json.bytes + [UInt8(ascii: "\n")])
    }

    /// A JSON object with one member, a list of elements each of which `write` writes.
    static func list<Element>(
        _ name: StaticString, _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) -> Response {
        json { $0.list(name, elements, write) }
    }

    /// A text.
    static func text(_ text: String, as type: String) -> Response {
        Response(.ok, fields: ResponseFields(("Content-Type", type)), body: Array(text.utf8))
    }

    /// Nothing, because it is done.
    static var done: Response { Response(.noContent) }

    /// What went wrong, with the members that `more` adds.
    static func error(_ error: AdminError, _ more: (inout JSONWriter) -> Void = { _ in }) -> Response {
        json(error.status) { json in
            json.member("error", error.status.reason)
            json.member("status", error.status.code)
            json.member("message", error.message)
            more(&json)
        }
    }

    /// The endpoint that lists every endpoint, itself included.
    static func index(of endpoints: [Endpoint]) -> Endpoint {
        let path = "/__admin"
        let lines = ["\(Method.get.name) \(path)"] + endpoints.map(\.line)
        return Endpoint(.get, path) { _ in list("endpoints", lines) { $1.string($0) } }
    }

    /// The answer to a path that is none: what there is.
    static func noEndpoint(at path: String, among endpoints: [Endpoint]) -> Response {
        error(AdminError(.notFound, "the control plane has no \(path)")) { json in
            json.list("endpoints", endpoints) { $1.string($0.line) }
        }
    }

    private static let jsonFields = ResponseFields(("Content-Type", "application/json"))
}
