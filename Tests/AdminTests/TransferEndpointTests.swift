import HTTPServer
import TestSupport
import Testing

struct TransferEndpointTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    @Test func `one server's store goes to another, users, keys, snapshots and all`() throws {
        let first = try house.connect(#"{"name":"Ada"}"#, key: "k")
        try house.seam(#"{"email_address":"a@b.co"}"#)
        try house.admin(.post, "/__admin/snapshots/base")
        let file = try house.admin(.get, "/__admin/export")
        #expect(file.status == 200)
        #expect(file["content-type"] == "application/vnd.sqlite3")
        #expect(file["content-disposition"]?.contains("understudy.sqlite") == true)

        let other = try AdminHouse()
        try other.seam(#"{"email_address":"gone@b.co"}"#, ".gone")
        #expect(try other.take(file.response.body).status == 204)
        #expect(try other.connect(#"{"name":"Ada"}"#, key: "k").text == first.text)
        #expect(try other.seam(#"{"email_address":"a@b.co"}"#).status == 409)
        #expect(try other.admin(.get, "/__admin/sandboxes").at("sandboxes") == #"["default"]"#)
        #expect(try other.admin(.get, "/__admin/snapshots").at("snapshots.0.name") == "base")
        #expect(try other.admin(.post, "/__admin/snapshots/base/restore").status == 204)
    }

    @Test func `what is no store's file is 400, too much is 413, and nothing is changed`() throws {
        try house.seam(#"{"email_address":"a@b.co"}"#)
        for (file, reason) in [
            ([], "does not begin as an SQLite database does"), (Array("{}".utf8), "does not begin"),
            (Array("SQLite format 3\0".utf8), "damaged"),
        ] {
            let refused = try house.take(file)
            #expect(refused.status == 400)
            #expect(refused.at("message")?.contains(reason) == true, "\(refused.text)")
            #expect(refused.at("message")?.hasSuffix("nothing was changed") == true)
        }
        let long = [UInt8](repeating: 0, count: 2 << 20)
        let tooLong = house.house.send([try Request.make(.post, "/__admin/import", body: long)])[0]
        #expect(tooLong.status == 413 && tooLong.at("message")?.contains("67108864") == true)
        #expect(try house.seam(#"{"email_address":"a@b.co"}"#).status == 409)
    }
}
