import HTTPServer
import JSON
import VendorKit

extension Exchange {
    /// The name of its request.
    var id: String { RequestID.text(number ?? 0) }

    /// The request's body; empty when it had none.
    var requestBody: [UInt8] {
        if case .bytes(let bytes) = request.body { bytes } else { [] }
    }

    /// Writes the exchange with both messages, secrets hidden.
    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("time", Timestamp.text(time))
        json.member("vendor", vendor)
        json.member("operation", operation)
        json.member("sandbox", sandbox)
        json.name("request")
        json.beginObject()
        json.member("method", request.method.name)
        json.member("target", request.target.raw)
        json.name("headers")
        json.beginObject()
        request.fields.forEach { name, value in
            json.name(name)
            json.string(Redaction.value(value, of: name))
        }
        json.endObject()
        Self.write(requestBody, to: &json)
        json.endObject()
        json.name("response")
        json.beginObject()
        json.member("status", response.status.code)
        json.name("headers")
        json.beginObject()
        for (name, value) in response.fields.list {
            json.name(name)
            json.string(value)
        }
        json.endObject()
        Self.write(response.body, to: &json)
        json.endObject()
        json.endObject()
    }

    /// A body as JSON where it is some, and as text where it is not.
    static func write(_ body: [UInt8], to json: inout JSONWriter) {
        json.name("body")
        if body.isEmpty {
            json.null()
        } else if let value = try? JSONValue(parsing: body) {
            json.value(value)
        } else {
            json.string(String(decoding: body, as: UTF8.self))
        }
    }
}

extension ResponseFields {
    /// Names and values, in order.
    var list: [(String, String)] {
        String(decoding: bytes, as: UTF8.self).split(separator: "\r\n").compactMap { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return parts.count == 2 ? (String(parts[0]), String(parts[1].drop { $0 == " " })) : nil
        }
    }
}
