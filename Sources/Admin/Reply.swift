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

    /// What went wrong.
    static func error(_ error: AdminError) -> Response {
        json(error.status) { json in
            json.member("error", error.status.reason)
            json.member("status", error.status.code)
            json.member("message", error.message)
        }
    }

    /// Every endpoint, as the answer to a path that is none.
    static func index(_ endpoints: [Endpoint], askedFor path: String) -> Response {
        json(path == "/__admin" || path == "/__admin/" ? .ok : .notFound) { json in
            if path != "/__admin", path != "/__admin/" { json.member("message", "the control plane has no \(path)") }
            json.name("endpoints")
            json.beginArray()
            for endpoint in endpoints { json.string("\(endpoint.method.name) \(endpoint.path)") }
            json.endArray()
        }
    }

    private static let jsonFields = ResponseFields(("Content-Type", "application/json"))
}
