import HTTPServer
import JSON
import VendorKit

/// Exchanges as an HTTP archive, version 1.2, which browsers and proxies read.
enum HAR {
    static func write(_ exchanges: [Exchange], to json: inout JSONWriter) {
        json.name("log")
        json.beginObject()
        json.member("version", "1.2")
        json.name("creator")
        json.beginObject()
        json.member("name", "understudy")
        json.member("version", Version.current)
        json.endObject()
        json.list("entries", exchanges) { entry($0, to: &$1) }
        json.endObject()
    }

    private static func entry(_ exchange: Exchange, to json: inout JSONWriter) {
        json.beginObject()
        json.member("startedDateTime", Timestamp.text(exchange.time))
        json.member("time", 0)
        json.name("request")
        json.beginObject()
        json.member("method", exchange.request.method.name)
        json.member("url", "http://\(exchange.request.target.authority)\(exchange.request.target.raw)")
        json.member("httpVersion", "HTTP/1.1")
        var fields: [(String, String)] = []
        exchange.request.fields.forEach { fields.append(($0, Redaction.value($1, of: $0))) }
        pairs("headers", fields, to: &json)
        pairs("queryString", Query(of: exchange.request).pairs, to: &json)
        pairs("cookies", [], to: &json)
        json.member("headersSize", -1)
        json.member("bodySize", exchange.requestBody.count)
        if !exchange.requestBody.isEmpty {
            json.name("postData")
            json.beginObject()
            json.member("mimeType", exchange.request.fields[.contentType] ?? "")
            json.member("text", String(decoding: exchange.requestBody, as: UTF8.self))
            json.endObject()
        }
        json.endObject()
        response(exchange.response, to: &json)
        json.name("cache")
        json.beginObject()
        json.endObject()
        json.name("timings")
        json.beginObject()
        for name: StaticString in ["send", "wait", "receive"] { json.member(name, 0) }
        json.endObject()
        json.endObject()
    }

    private static func response(_ response: Response, to json: inout JSONWriter) {
        json.name("response")
        json.beginObject()
        json.member("status", response.status.code)
        json.member("statusText", response.status.reason)
        json.member("httpVersion", "HTTP/1.1")
        pairs("headers", response.fields.list, to: &json)
        pairs("cookies", [], to: &json)
        json.name("content")
        json.beginObject()
        json.member("size", response.body.count)
        json.member("mimeType", response.fields[.contentType] ?? "")
        json.member("text", String(decoding: response.body, as: UTF8.self))
        json.endObject()
        json.member("redirectURL", "")
        json.member("headersSize", -1)
        json.member("bodySize", response.body.count)
        json.endObject()
    }

    private static func pairs(_ name: StaticString, _ pairs: [(String, String)], to json: inout JSONWriter) {
        json.list(name, pairs) { pair, json in
            let (name, value) = pair
            json.beginObject()
            json.member("name", name)
            json.member("value", value)
            json.endObject()
        }
    }
}
