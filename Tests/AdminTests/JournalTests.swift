import Foundation
import HTTPServer
import TestSupport
import Testing

struct JournalTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse(capacity: 3)
    }

    @Test func `it keeps the last exchanges and no others, and none of its own`() throws {
        for name in ["a", "b", "c", "d"] { try house.seam(#"{"full_name":"\#(name)"}"#) }
        _ = try house.admin(.get, "/__admin/requests")
        _ = try house.admin(.get, "/healthz")
        let listed = try house.admin(.get, "/__admin/requests")
        #expect(listed.at("requests.0.request.body.full_name") == "b")
        #expect(listed.at("requests.2.request.body.full_name") == "d")
        #expect(listed.at("requests.3") == nil)
        #expect(try house.admin(.get, "/__admin/requests?limit=1").at("requests.0.id") == "req_4")
    }

    @Test func `secrets are hidden, but for their scheme`() throws {
        try house.seam("{}")
        try house.connect(#"{"name":"A"}"#)
        let listed = try house.admin(.get, "/__admin/requests")
        #expect(!listed.text.contains("seam_test_key") && !listed.text.contains("connect_test_key"))
        #expect(listed.at("requests.0.request.headers.Authorization") == "Bearer [redacted]")
        #expect(listed.at("requests.1.request.headers.X-API-Key") == "[redacted]")
    }

    @Test(arguments: [
        ("vendor=seam", 2), ("vendor=connect", 1), ("status=409", 1), ("sandbox=t1", 0),
        ("body.email_address=a@b.co", 2),
        ("body.metadata.plan=gold", 1), ("operation=POST%20/users", 1), ("method=POST&vendor=seam&status=200", 1),
        ("path=/connect/users", 1),
    ])
    func `conditions choose exchanges`(query: String, count: Int) throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        try house.seam(#"{"email_address":"a@b.co"}"#)
        try house.connect(#"{"name":"A","metadata":{"plan":"gold"}}"#)
        #expect(try house.admin(.get, "/__admin/requests/count?\(query)").at("count") == String(count))
    }

    @Test func `a condition that is none is refused, because it would choose everything`() throws {
        let answer = try house.admin(.get, "/__admin/requests?vender=seam")
        #expect(answer.status == 400)
        #expect(answer.at("message")?.contains("vender") == true)
    }

    @Test func `verify counts, and shows the nearest misses`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(try house.admin(.get, "/__admin/verify?vendor=seam&times=1").status == 200)
        #expect(try house.admin(.get, "/__admin/verify?vendor=seam").status == 200)
        let missed = try house.admin(.get, "/__admin/verify?vendor=seam&body.email_address=x@b.co&times=1")
        #expect(missed.status == 417)
        #expect(missed.at("nearest.0.id") == "req_1")
        #expect(missed.at("nearest.0.misses.0") == "body.email_address is 'a@b.co'")
        #expect(try house.admin(.get, "/__admin/verify?vendor=seam&times=2").status == 417)
        #expect(try house.admin(.get, "/__admin/verify?vendor=seam&times=x").status == 400)
    }

    @Test func `verify waits until the requests are there, however many come at once`() throws {
        let waiting = try house.waitingVerify("vendor=seam&body.email_address=a@b.co&times=2&wait=60s")
        try house.seam(#"{"email_address":"x@b.co"}"#)
        try house.connect(#"{"name":"A","email":"a@b.co"}"#)
        try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(!waiting.isOver)
        try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(waiting.isOver)
        #expect(try house.waitingVerify("vendor=seam&times=2&wait=1m").isOver)
        #expect(try !house.waitingVerify("vendor=seam&times=0&wait=500ms").isOver)
    }

    @Test(arguments: ["", "5", "s", "-1s", "61s", "2m", "5x", "1h", "1.5s"])
    func `a wait is a length of time of a minute at most`(wait: String) throws {
        let answer = try house.admin(.get, "/__admin/verify?vendor=seam&wait=\(wait)")
        #expect(answer.status == 400)
        #expect(answer.at("message")?.contains("at most 1m") == true)
    }

    @Test func `clearing it touches no user`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(try house.admin(.delete, "/__admin/requests").status == 204)
        #expect(try house.admin(.get, "/__admin/requests/count").at("count") == "0")
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 409)
    }

    @Test func `the script sends the same again, with credentials from the environment`() throws {
        try house.seam(#"{"full_name":"O'Neil $(date)"}"#)
        let script = try house.admin(.get, "/__admin/requests?format=sh").text
        #expect(script.contains(#"-H 'Authorization: Bearer '"${SEAM_AUTHORIZATION:?}""#))
        #expect(script.contains(#"--data-raw '{"full_name":"O'\''Neil $(date)"}'"#))
        #expect(script.contains(#""$URL"'/seam/user_identities/create'"#))
    }

    @Test func `the archive is HAR 1.2`() throws {
        try house.connect(#"{"name":"A"}"#)
        let archive = try house.admin(.get, "/__admin/requests?format=har")
        #expect(archive.at("log.version") == "1.2")
        #expect(archive.at("log.entries.0.request.url") == "http://localhost/connect/users")
        #expect(archive.at("log.entries.0.response.status") == "201")
        #expect(archive.at("log.entries.0.request.postData.text") == #"{"name":"A"}"#)
    }
}
