import HTTPServer
import JSON
import VendorKit

/// What is served, and what the vendors are known to have beside it, for `GET /__admin/routes`.
enum Routes {
    static func write(_ vendors: [any Vendor], to json: inout JSONWriter) {
        json.name("routes")
        json.beginArray()
        for vendor in vendors {
            for operation in vendor.operations {
                json.beginObject()
                json.member("vendor", vendor.name)
                json.member("method", operation.method.name)
                json.member("path", operation.path)
                json.member("prefixed", "/\(vendor.name)\(operation.path)")
                json.endObject()
            }
        }
        json.endArray()
        json.name("unserved")
        json.beginArray()
        for vendor in vendors {
            for unserved in vendor.unserved {
                json.beginObject()
                json.member("vendor", vendor.name)
                json.member("method", unserved.method?.name)
                json.member("path", unserved.path)
                json.member("prefixed", "/\(vendor.name)\(unserved.path)")
                json.endObject()
            }
        }
        json.endArray()
    }
}
