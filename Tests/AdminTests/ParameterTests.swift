import HTTPServer
import JSON
import TestSupport
import Testing

struct ParameterTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test(arguments: [
        (Method.post, "/reset?sandbx=one"), (.post, "/reset?sandbox=one&sandbox=two"), (.post, "/reset?journal=yes"),
        (.delete, "/requests?vendor=seam"), (.delete, "/faults?vendor=seam"), (.post, "/snapshots/base?replace=1"),
        (.post, "/snapshots/base/restore?to=other"), (.get, "/snapshots?sandbox=one"),
        (.delete, "/clock?sandboxes=one"),
        (.get, "/users?limit=1000001"), (.get, "/users?limit="), (.get, "/users?limit=99999999999999999999"),
    ])
    func `a parameter that is misspelt, doubled or out of bounds is refused, and nothing is done`(
        method: Method, path: String
    ) throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        let answer = try house.admin(method, "/__admin\(path)")
        #expect(answer.status == 400 && answer.at("status") == "400", "\(answer.text)")
        #expect(try house.admin(.get, "/__admin/requests/count").at("count") == "1")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 409)
        #expect(try house.admin(.get, "/__admin/snapshots").at("snapshots") == "[]")
    }

    @Test(arguments: ["", "a%20b", "a.b", "%C3%A9", String(repeating: "x", count: 65)])
    func `a sandbox that can have no such name is refused wherever one is named`(name: String) throws {
        for (method, path) in [
            (Method.post, "/reset"), (.get, "/users"), (.get, "/requests"), (.get, "/events"), (.get, "/idempotency"),
            (.post, "/clock/freeze"), (.post, "/snapshots/base"), (.post, "/seed"), (.get, "/faults"),
        ] {
            let answer = try house.admin(method, "/__admin\(path)?sandbox=\(name)")
            #expect(answer.status == 400 && answer.at("message")?.contains("sandbox") == true, "\(method) \(path)")
        }
        for (path, rest) in [("/faults", #""status":500"#), ("/webhooks", #""url":"http://127.0.0.1:9/""#)] {
            let body = #"{"sandbox":"\#(name)",\#(rest)}"#
            #expect(try house.admin(.post, "/__admin\(path)", body: body).status == 400, "\(path)")
        }
    }

    @Test(arguments: ["vendor=nobody", "status=abc", "status=99", "status=600", "status="])
    func `a condition that no request can fit is refused`(condition: String) throws {
        for path in ["/requests", "/requests/count", "/verify"] {
            #expect(try house.admin(.get, "/__admin\(path)?\(condition)").status == 400, "\(path)")
        }
    }

    @Test func `faults are listed by their sandbox`() throws {
        for sandbox in ["one", "two"] {
            try house.admin(.post, "/__admin/faults", body: #"{"sandbox":"\#(sandbox)","status":500}"#)
        }
        let listed = try house.admin(.get, "/__admin/faults?sandbox=two")
        #expect(listed.at("faults.0.id") == "fault_2" && listed.at("faults.1") == nil)
    }

    @Test func `a body that is too large is refused as such`() throws {
        let body = #"{"match":{"x":""# + String(repeating: "x", count: Limits().body) + #""},"status":500}"#
        for (method, path) in [
            (Method.post, "/faults"), (.post, "/webhooks"), (.put, "/clock"), (.post, "/clock/advance"),
            (.post, "/seed"),
        ] {
            #expect(try house.admin(method, "/__admin\(path)", body: body).status == 413, "\(path)")
        }
        #expect(try house.admin(.get, "/__admin/faults").at("faults") == "[]")
    }

    @Test func `the list of endpoints lists itself, and a path that is none gets it with the error`() throws {
        let index = try house.admin(.get, "/__admin/")
        #expect(index.status == 200 && index.at("endpoints.0") == "GET /__admin")
        let unknown = try house.admin(.get, "/__admin/nothing")
        #expect(unknown.at("status") == "404" && unknown.at("error") == "Not Found")
        #expect(unknown.at("message") == "the control plane has no /__admin/nothing")
        #expect(unknown.at("endpoints") == index.at("endpoints"))
        let deleted = try house.admin(.delete, "/__admin")
        #expect(deleted.status == 405 && deleted["allow"] == "GET, HEAD")
        #expect(try house.admin(.patch, "/__admin/clock")["allow"] == "GET, HEAD, PUT, DELETE")
    }
}
