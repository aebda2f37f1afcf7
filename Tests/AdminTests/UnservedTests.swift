import Connect
import HTTPServer
import Pulse
import Seam
import Sensay
import TestSupport
import Testing
import VendorKit

struct UnservedTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test(arguments: [
        ("/sensay/v1/replicas", #"{"success":false,"error":"Not Implemented","#, "nearest=POST /v1/users"),
        (
            "/connect/subscriptions",
            #"{"message":"Understudy does not serve this operation","code":"NOT_IMPLEMENTED"}"#, "nearest=POST /users"
        ),
        (
            "/seam/access_codes/create",
            #"{"error":{"type":"not_implemented","message":"Understudy does not serve /access_codes/create","#,
            "nearest=POST /user_identities/create"
        ),
        (
            "/pulse/users/a@b.co/impersonate",
            #"{"error":"Not Implemented","status":501,"message":"Understudy does not serve this operation"}"#,
            "nearest="
        ),
    ])
    func `each vendor words it in its own envelope, before any credential`(
        path: String, beginning: String, why: String
    ) throws {
        for target in [path, "/" + path.split(separator: "/").dropFirst().joined(separator: "/")] {
            // Only a mark tells whose `/users` is.
            let answer = try house.house.send(
                .post, target, target.hasPrefix("/users") ? [("x-account-id", "2311")] : [])
            #expect(answer.status == 501)
            #expect(answer.text.hasPrefix(beginning))
            let given = try #require(answer["x-understudy-why"])
            #expect(given.hasPrefix("unserved; evidence=ours; ") && given.contains(why))
        }
        #expect(try house.admin(.get, "/__admin/requests/req_1").at("request.response.status") == "501")
        let explained = try house.admin(.get, "/__admin/requests/req_1/explain")
        #expect(explained.at("rule.code") == "unserved" && explained.at("nearest.0")?.isEmpty == false)
    }

    @Test(arguments: [Sensay(), Connect(), Seam(), Pulse()] as [any Vendor])
    func `nothing that is served is listed as unserved`(vendor: any Vendor) throws {
        for operation in vendor.operations {
            let path = operation.path.replacing(#/\{[^}]*\}/#, with: "x")
            let answer = try house.house.send(operation.method, "/\(vendor.name)\(path)")
            #expect(answer.status != 501, "\(operation.name)")
        }
        for path in vendor.unserved {
            let target = path.path.replacing(#/\{[^}]*\}/#, with: "x").replacing("*", with: "x")
            let answer = try house.house.send(path.method ?? .get, "/\(vendor.name)\(target)")
            #expect(answer.status == 501, "\(path.path)")
        }
    }

    @Test func `routes lists both`() throws {
        let routes = try house.admin(.get, "/__admin/routes")
        #expect(routes.at("routes.0.prefixed") == "/sensay/v1/users")
        #expect(routes.at("unserved.0.prefixed") == "/sensay/v1/users/me/usage")
        #expect(routes.at("unserved.0.method") == "GET" && routes.at("unserved.1.method") == "null")
    }
}
