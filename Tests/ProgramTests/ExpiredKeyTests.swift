import Testing

@Suite("An idempotency key whose time is over")
struct ExpiredKeyTests {
    @Test("is removed though nobody asks for it, and one that is alive stays")
    func removed() throws {
        let server = try RunningServer(database: "store.sqlite")
        let connect = VendorOperation.connect
        for (number, sandbox) in [(1, "old"), (2, "old"), (3, "new")] {
            let fields = connect.fields(number, in: sandbox)
            #expect(
                try server.ask(connect.method, connect.prefixed, fields, body: connect.body(number)).status == 201)
        }
        #expect(keys(server) == ["key-1", "key-2", "key-3"])
        #expect(try server.ask("POST", "/__admin/clock/advance?sandbox=old", body: #"{"by":"24h"}"#).status == 200)
        #expect(eventually { keys(server) == ["key-3"] })
    }

    private func keys(_ server: RunningServer) -> [String]? {
        let listed = try? server.ask("GET", "/__admin/idempotency").json["keys"] as? [[String: Any]]
        return listed.map { keys in keys.compactMap { $0["key"] as? String }.sorted() }
    }
}
