import HTTPServer
import TestSupport
import Testing

struct StoreEndpointTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test func `reset empties one sandbox and leaves the others, and ids begin anew`() throws {
        let first = try house.seam(#"{"email_address":"a@b.co"}"#, ".one").at("user_identity.user_identity_id")
        try house.seam(#"{"email_address":"a@b.co"}"#, ".two")
        #expect(try house.admin(.post, "/__admin/reset?sandbox=one").status == 204)
        let again = try house.seam(#"{"email_address":"a@b.co"}"#, ".one")
        #expect(again.status == 200 && again.at("user_identity.user_identity_id") == first)
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#, ".two").status == 409)
        #expect(try house.admin(.get, "/__admin/requests/count").at("count") == "4")
        #expect(try house.admin(.post, "/__admin/reset?journal=true").status == 204)
        #expect(try house.admin(.get, "/__admin/requests/count").at("count") == "0")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#, ".two").status == 200)
        #expect(try house.admin(.post, "/__admin/reset?sandbox=nobody").status == 204)
    }

    @Test func `one person is shown at every vendor, with the gaps`() throws {
        try house.seam(#"{"email_address":"Ada@example.com","full_name":"Ada"}"#)
        try house.connect(#"{"name":"Ada","email":"ada@example.com"}"#)
        let person = try house.admin(.get, "/__admin/people?email=ada@example.com")
        #expect(person.at("found.0.vendor") == "connect")
        #expect(person.at("found.1.vendor") == "seam")
        #expect(person.at("missing") == #"["sensay","pulse"]"#)
        #expect(try house.admin(.get, "/__admin/people").status == 400)
    }

    @Test func `users are listed across vendors, or of one, or of one sandbox`() throws {
        try house.seam("{}", ".one")
        try house.connect(#"{"name":"Ada"}"#)
        #expect(try house.admin(.get, "/__admin/users").names(at: "users.0").contains("user"))
        #expect(try house.admin(.get, "/__admin/users?vendor=seam").at("users.0.sandbox") == "one")
        #expect(try house.admin(.get, "/__admin/users?sandbox=one&vendor=connect").at("users") == "[]")
        #expect(try house.admin(.get, "/__admin/users?vendor=nobody").status == 400)
        #expect(try house.admin(.get, "/__admin/sandboxes").at("sandboxes") == #"["default","one"]"#)
    }

    @Test func `one user is shown by the id that its vendor shows`() throws {
        let seam = try house.seam(#"{"email_address":"a@b.co"}"#, ".one").at("user_identity.user_identity_id") ?? ""
        let connect = try house.connect(#"{"name":"Ada"}"#).at("userId") ?? ""
        let sensay = [("X-ORGANIZATION-SECRET", "sensay_test_secret"), ("Content-Type", "application/json")]
        try house.house.send(.post, "/sensay/v1/users", sensay, body: #"{"name":"Ada","id":"a/da"}"#)
        for sandbox in ["", ".two"] {
            try house.house.send(
                .post, "/pulse/users",
                [
                    ("Authorization", "Bearer pulse_test_token\(sandbox)"), ("x-account-id", "2311"),
                    ("Content-Type", "application/json"),
                ], body: #"{"email":"a@b.co"}"#)
        }
        for (path, id) in [
            ("seam/\(seam)", seam), ("connect/\(connect)", connect), ("sensay/a%2Fda", "a/da"),
            ("pulse/1?sandbox=two", "1"),
        ] {
            let answer = try house.admin(.get, "/__admin/users/\(path)")
            #expect(answer.status == 200 && answer.at("user.id") == id, "\(answer.text)")
        }
        #expect(try house.admin(.get, "/__admin/users/seam/\(seam)").at("user.sandbox") == "one")
        #expect(try house.admin(.get, "/__admin/users/pulse/1").status == 409)
        for path in ["seam/\(seam)?sandbox=two", "connect/\(seam)", "sensay/ada", "pulse/2", "pulse/01", "pulse/x"] {
            #expect(try house.admin(.get, "/__admin/users/\(path)").status == 404, "\(path)")
        }
        #expect(try house.admin(.get, "/__admin/users/nobody/1").status == 400)
    }

    @Test func `idempotency keys are shown with their first answer, and can be freed`() throws {
        let first = try house.connect(#"{"name":"Ada"}"#, key: "k/1").text
        let listed = try house.admin(.get, "/__admin/idempotency")
        #expect(listed.at("keys.0.key") == "k/1")
        #expect(listed.at("keys.0.first_request") == "req_1")
        #expect(listed.at("keys.0.expires_at") == "2026-01-03T03:04:05.678Z")
        #expect(listed.at("keys.0.body") == first)
        #expect(listed.at("keys.0.hits") == "0" && listed.at("keys.0.latest_mismatches") == "[]")
        #expect(try house.admin(.delete, "/__admin/idempotency/k%2F1").status == 204)
        #expect(try house.admin(.delete, "/__admin/idempotency/k%2F1").status == 404)
        #expect(try house.connect(#"{"name":"Bob"}"#, key: "k/1").status == 201)
    }

    @Test func `figures are counted by vendor, operation and status`() throws {
        try house.seam("{}")
        try house.seam("[]")
        let text = try house.admin(.get, "/metrics").text
        #expect(
            text.contains(
                #"understudy_requests_total{vendor="seam",operation="POST /user_identities/create",status="200"} 1"#))
        #expect(text.contains(#"status="400"} 1"#))
    }
}
