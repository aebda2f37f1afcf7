import Foundation
import Testing

@Suite("Snapshots over a socket")
struct SnapshotProgramTests {
    @Test("outlive a restart and a kill, and bring everything back with the ids it would have got")
    func restart() throws {
        let folder = try ScratchFolder()
        var server: RunningServer? = try RunningServer(in: folder, database: "store.sqlite")
        var first: [String: String] = [:]
        for operation in VendorOperation.creations { first[operation.name] = try server!.ask(operation, 1).text }
        #expect(try server!.ask("POST", "/__admin/snapshots/base").status == 201)
        let next = try server!.ask(VendorOperation.pulse, 2).json["id"] as? Int
        #expect(next != nil)
        #expect(server!.stop() == 0)

        for end in [SIGTERM, SIGKILL] {
            server = nil
            server = try RunningServer(in: folder, database: "store.sqlite")
            let listed = try server!.ask("GET", "/__admin/snapshots").json["snapshots"] as? [[String: Any]]
            #expect(listed?.map { $0["name"] as? String } == ["base"])
            #expect(try server!.ask("POST", "/__admin/snapshots/base/restore").status == 204)
            let diff = try server!.ask("GET", "/__admin/snapshots/base/diff").json["count"] as? [String: Int]
            #expect(diff == ["added": 0, "changed": 0, "removed": 0])
            #expect(try server!.ask(VendorOperation.pulse, 2).json["id"] as? Int == next)
            for operation in VendorOperation.unique { #expect(try server!.ask(operation, 1).status == 409) }
            // The idempotency key is Connect's, and its first answer is kept.
            #expect(try server!.ask(VendorOperation.connect, 1).text == first[VendorOperation.connect.name])
            server!.send(end)
            _ = server!.end()
        }
    }

    @Test("of one sandbox leave the others alone")
    func sandbox() throws {
        let server = try RunningServer()
        let pulse = VendorOperation.pulse
        func create(in sandbox: String, _ number: Int) throws -> Int {
            try server.ask(
                pulse.method, pulse.prefixed, pulse.fields(number, in: sandbox), body: pulse.body(number)
            ).status
        }
        #expect(try create(in: "one", 1) == 201)
        #expect(try server.ask("POST", "/__admin/snapshots/one?sandbox=one").status == 201)
        #expect(try create(in: "one", 2) == 201 && create(in: "two", 2) == 201)
        let diff = try server.ask("GET", "/__admin/snapshots/one/diff").json["added"] as? [[String: Any]]
        #expect(diff?.map { $0["email"] as? String } == ["u2@example.com"])
        #expect(try server.ask("POST", "/__admin/snapshots/one/restore").status == 204)
        #expect(try create(in: "one", 1) == 409 && create(in: "one", 2) == 201 && create(in: "two", 2) == 409)
        #expect(try server.ask("DELETE", "/__admin/snapshots/one").status == 204)
        #expect(try server.ask("POST", "/__admin/snapshots/one/restore").status == 404)
    }
}
