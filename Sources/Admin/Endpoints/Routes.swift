import HTTPServer
import JSON
import VendorKit

/// What is served, and what the vendors are known to have beside it, for `GET /__admin/routes`.
enum Routes {
    static func write(_ vendors: [any Vendor], to json: inout JSONWriter) {
        json.list("routes", vendors) { vendor, json in
            for operation in vendor.operations { write(vendor, operation.method, operation.path, to: &json) }
        }
        json.list("unserved", vendors) { vendor, json in
            for path in vendor.unserved { write(vendor, path.method, path.path, to: &json) }
        }
    }

    private static func write(_ vendor: any Vendor, _ method: Method?, _ path: String, to json: inout JSONWriter) {
        json.beginObject()
        json.member("vendor", vendor.name)
        json.member("method", method?.name)
        json.member("path", path)
        json.member("prefixed", "/\(vendor.name)\(path)")
        json.endObject()
    }
}
