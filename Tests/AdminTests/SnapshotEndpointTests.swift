import HTTPServer
import TestSupport
import Testing

struct SnapshotEndpointTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test func `a snapshot is saved, listed, restored and deleted`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        let saved = try house.admin(.post, "/__admin/snapshots/base")
        #expect(saved.status == 201)
        let text =
            #"{"name":"base","sandbox":null,"users":1,"created_at":"2026-01-02T03:04:05.678Z"}"#
        #expect(saved.at("snapshot") == text)
        #expect(try house.admin(.get, "/__admin/snapshots/base").at("snapshot") == text)
        #expect(try house.admin(.get, "/__admin/snapshots").at("snapshots") == "[\(text)]")
        let id = try house.seam(#"{"email_address":"c@b.co"}"#).at("user_identity.user_identity_id")
        #expect(try house.admin(.post, "/__admin/reset").status == 204)
        #expect(try house.admin(.post, "/__admin/snapshots/base/restore").status == 204)
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 409)
        #expect(try house.seam(#"{"email_address":"d@b.co"}"#).at("user_identity.user_identity_id") == id)
        #expect(try house.admin(.delete, "/__admin/snapshots/base").status == 204)
        #expect(try house.admin(.get, "/__admin/snapshots").at("snapshots") == "[]")
        #expect(try house.seam(#"{"email_address":"d@b.co"}"#).status == 409)
    }

    @Test func `an unknown snapshot is 404 everywhere, and says which`() throws {
        for (method, path) in [
            (Method.get, "base"), (.delete, "base"), (.post, "base/restore"), (.get, "base/diff"),
        ] {
            let answer = try house.admin(method, "/__admin/snapshots/\(path)")
            #expect(answer.status == 404)
            #expect(answer.at("message") == "there is no snapshot 'base'; GET /__admin/snapshots lists them")
        }
        try house.admin(.post, "/__admin/snapshots/base")
        #expect(
            try house.admin(.get, "/__admin/snapshots/base/diff?to=other").at("message")?.contains("'other'") == true)
    }

    @Test func `a name that is taken is 409 unless it is to be replaced, and a wrong one is 400`() throws {
        #expect(try house.admin(.post, "/__admin/snapshots/base").status == 201)
        try house.seam("{}")
        let taken = try house.admin(.post, "/__admin/snapshots/base")
        #expect(taken.status == 409 && taken.at("message")?.contains("?replace=true") == true)
        #expect(try house.admin(.get, "/__admin/snapshots/base").at("snapshot.users") == "0")
        #expect(try house.admin(.post, "/__admin/snapshots/base?replace=true").at("snapshot.users") == "1")
        let long = String(repeating: "a", count: 65)
        for path in [long, "a%20b", "a.b", "a%2Fb", "ok?sandbox=", "ok?sandbox=\(long)", "ok?sandbox=a/b"] {
            #expect(try house.admin(.post, "/__admin/snapshots/\(path)").status == 400, "\(path)")
        }
        #expect(try house.admin(.post, "/__admin/snapshots/\(long.dropLast())").status == 201)
    }

    @Test func `there are at most a hundred`() throws {
        for number in 1...100 {
            #expect(try house.admin(.post, "/__admin/snapshots/s\(number)").status == 201)
        }
        let more = try house.admin(.post, "/__admin/snapshots/more")
        #expect(more.status == 409 && more.at("message")?.contains("100") == true)
        #expect(try house.admin(.post, "/__admin/snapshots/s7?replace=true").status == 201)
        #expect(try house.admin(.delete, "/__admin/snapshots/s1").status == 204)
        #expect(try house.admin(.post, "/__admin/snapshots/more").status == 201)
    }

    @Test func `one sandbox is kept and brought back alone`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#, ".one")
        #expect(try house.admin(.post, "/__admin/snapshots/one?sandbox=one").at("snapshot.sandbox") == "one")
        #expect(try house.admin(.post, "/__admin/snapshots/all").at("snapshot.users") == "1")
        for sandbox in [".one", ".two"] { try house.seam(#"{"email_address":"b@b.co"}"#, sandbox) }
        #expect(try house.admin(.post, "/__admin/snapshots/one/restore?sandbox=two").status == 409)
        #expect(try house.admin(.get, "/__admin/snapshots/one/diff?sandbox=two").status == 409)
        #expect(try house.admin(.get, "/__admin/snapshots/all/diff?to=one&sandbox=two").status == 409)
        #expect(try house.admin(.post, "/__admin/snapshots/one/restore").status == 204)
        #expect(try house.seam(#"{"email_address":"b@b.co"}"#, ".one").status == 200)
        #expect(try house.seam(#"{"email_address":"b@b.co"}"#, ".two").status == 409)
        #expect(try house.admin(.post, "/__admin/snapshots/all/restore?sandbox=nobody").status == 204)
        #expect(try house.admin(.post, "/__admin/snapshots/all/restore?sandbox=two").status == 204)
        #expect(try house.seam(#"{"email_address":"b@b.co"}"#, ".one").status == 409)
        #expect(try house.seam(#"{"email_address":"b@b.co"}"#, ".two").status == 200)
    }

    @Test func `an idempotency key gives its first answer again after a restore`() throws {
        let first = try house.connect(#"{"name":"Ada"}"#, key: "k")
        try house.admin(.post, "/__admin/snapshots/base")
        // Not by a reset, which would let the clock go on, so that the key's life is over.
        #expect(try house.admin(.delete, "/__admin/idempotency/k").status == 204)
        #expect(try house.connect(#"{"name":"Bob"}"#, key: "k").status == 201)
        try house.admin(.post, "/__admin/snapshots/base/restore")
        let again = try house.connect(#"{"name":"Ada"}"#, key: "k")
        #expect(again.status == 201 && again.text == first.text)
        #expect(try house.admin(.get, "/__admin/users").names(at: "users.0").contains("user"))
        #expect(try house.admin(.get, "/__admin/users").at("users.1") == nil)
    }

    @Test func `a diff shows who was added, changed and removed, by the vendor's own ids and names`() throws {
        let ada = try house.seam(#"{"email_address":"a@b.co","full_name":"Ada"}"#).at("user_identity.user_identity_id")
        let bob = try house.seam(#"{"email_address":"b@b.co"}"#).at("user_identity.user_identity_id")
        try house.connect(#"{"name":"Cy","metadata":{"plan":"gold","x":1}}"#)
        try house.admin(.post, "/__admin/snapshots/base")
        let nothing = try house.admin(.get, "/__admin/snapshots/base/diff")
        #expect(nothing.at("count") == #"{"added":0,"changed":0,"removed":0}"#)
        #expect(nothing.at("next") == "null" && nothing.at("to") == "null")

        let seam = [("Authorization", "Bearer seam_test_key"), ("Content-Type", "application/json")]
        try house.house.send(
            .post, "/seam/user_identities/update", seam,
            body: #"{"user_identity_id":"\#(ada ?? "")","full_name":"Ada L.","phone_number":"+15555550110"}"#)
        try house.house.send(
            .post, "/seam/user_identities/delete", seam, body: #"{"user_identity_id":"\#(bob ?? "")"}"#)
        let dan = try house.connect(#"{"name":"Dan"}"#).at("userId")
        let diff = try house.admin(.get, "/__admin/snapshots/base/diff")
        #expect(diff.at("count") == #"{"added":1,"changed":1,"removed":1}"#)
        #expect(diff.at("added.0.id") == dan && diff.at("added.0.vendor") == "connect")
        #expect(diff.at("removed.0.id") == bob && diff.at("removed.0.user.email_address") == "b@b.co")
        #expect(diff.at("changed.0.id") == ada && diff.at("changed.0.email") == "a@b.co")
        #expect(
            diff.at("changed.0.fields")
                == """
                [{"name":"phone_number","before":null,"after":"+15555550110"},\
                {"name":"display_name","before":"Ada","after":"Ada L."},\
                {"name":"full_name","before":"Ada","after":"Ada L."}]
                """)
        try house.admin(.post, "/__admin/snapshots/after")
        try house.admin(.post, "/__admin/reset")
        #expect(try house.admin(.get, "/__admin/snapshots/base/diff?to=after").at("count") == diff.at("count"))
        #expect(
            try house.admin(.get, "/__admin/snapshots/base/diff?to=after&vendor=connect").at("count")
                == #"{"added":1,"changed":0,"removed":0}"#)
        let page = try house.admin(.get, "/__admin/snapshots/base/diff?to=after&limit=2&offset=0")
        #expect(page.at("next") == "2" && page.at("count") == diff.at("count"))
        let rest = try house.admin(.get, "/__admin/snapshots/base/diff?to=after&limit=2&offset=2")
        #expect(rest.at("next") == "null")
        #expect(try house.admin(.get, "/__admin/snapshots/base/diff?sandbox=nobody").at("count.removed") == "0")
        for query in ["limit=x", "offset=-1", "vendor=nobody"] {
            #expect(try house.admin(.get, "/__admin/snapshots/base/diff?\(query)").status == 400)
        }
    }

    @Test func `of one user's changes a hundred are shown`() throws {
        let many = (0..<200).map { #""m\#($0)":1"# }.joined(separator: ",")
        let id = try house.connect(#"{"name":"Ada","metadata":{\#(many)}}"#).at("userId") ?? ""
        try house.admin(.post, "/__admin/snapshots/base")
        let changed = try house.house.send(
            .put, "/connect/users/\(id)", [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")],
            body: #"{"metadata":{}}"#)
        #expect(changed.status == 200)
        let diff = try house.admin(.get, "/__admin/snapshots/base/diff")
        #expect(diff.at("changed.0.more_fields") == "true")
        #expect(diff.at("changed.0.fields.99") != nil && diff.at("changed.0.fields.100") == nil)
        #expect(diff.at("changed.0.fields.0") == #"{"name":"metadata.m0","before":1}"#)
    }

    @Test func `a diff leaves Connect's customers out, who are no users`() throws {
        try house.admin(.post, "/__admin/snapshots/base")
        let customer = try house.house.send(
            .post, "/connect/customers", [("X-API-Key", "connect_test_key"), ("Content-Type", "application/json")],
            body: #"{"name":"Acme"}"#)
        #expect(customer.status == 201)
        #expect(
            try house.admin(.get, "/__admin/snapshots/base/diff").at("count")
                == #"{"added":0,"changed":0,"removed":0}"#)
        #expect(try house.admin(.post, "/__admin/snapshots/more").at("snapshot.users") == "0")
    }
}
