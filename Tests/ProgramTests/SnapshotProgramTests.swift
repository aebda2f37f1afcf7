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

    @Test("export and import carry a whole store from one server to another")
    func transfer() throws {
        let folder = try ScratchFolder()
        let first = try RunningServer(in: folder, database: "first.sqlite")
        var answers: [String] = []
        // More than a body may otherwise have.
        let long = String(repeating: "x", count: 900_000)
        for number in 1...2 {
            let fields = VendorOperation.connect.fields(100 + number)
            let body = #"{"name":"Long","metadata":{"x":"\#(long)"}}"#
            #expect(try first.ask("POST", "/connect/users", fields, body: body).status == 201)
        }
        for operation in VendorOperation.creations { answers.append(try first.ask(operation, 1).text) }
        #expect(try first.ask("POST", "/__admin/snapshots/base").status == 201)
        let exported = try BuiltProgram.run("export", folder.file("kept.sqlite"), "--url", first.url, in: folder)
        #expect(exported.code == 0 && exported.output == "ok\n" && exported.errors.isEmpty)
        #expect(first.stop() == 0)

        // What is exported is a store, and every server takes it.
        let opened = try RunningServer(in: folder, database: "kept.sqlite")
        #expect(try opened.ask(VendorOperation.connect, 1).text == answers[1])
        #expect(opened.stop() == 0)

        let second = try RunningServer()
        #expect(try second.ask(VendorOperation.pulse, 9).status == 201)
        let imported = try BuiltProgram.run("import", folder.file("kept.sqlite"), "--url", second.url, in: folder)
        #expect(imported.code == 0 && imported.output == "ok\n" && imported.errors.isEmpty)
        #expect(try second.ask(VendorOperation.connect, 1).text == answers[1])
        for operation in VendorOperation.unique { #expect(try second.ask(operation, 1).status == 409) }
        #expect(try second.ask(VendorOperation.pulse, 9).json["id"] as? Int == 2)
        #expect(try second.ask("POST", "/__admin/snapshots/base/restore").status == 204)
    }

    @Test("what is no store's file is refused, and the store stays as it was")
    func garbage() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(in: folder)
        #expect(try server.ask(VendorOperation.pulse, 1).status == 201)
        for (text, reason) in [
            ("", "does not begin as an SQLite database does"),
            (String(repeating: "x", count: 3 << 20), "does not begin"),
            ("SQLite format 3\0" + String(repeating: "x", count: 9_000), "nothing was changed"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("garbage")))
            let ended = try BuiltProgram.run("import", folder.file("garbage"), "--url", server.url, in: folder)
            #expect(ended.code == 1 && ended.output.isEmpty)
            #expect(ended.errors.contains("it answered 400: the file: ") && ended.errors.contains(reason))
        }
        #expect(try server.ask(VendorOperation.pulse, 1).status == 409)
    }

    @Test("export and import say why they could not")
    func notTransferred() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(["--admin-token", "t"], in: folder)
        for command in ["export", "import"] {
            let ended = try BuiltProgram.run(command)
            #expect(ended.code == 2 && ended.errors.contains("'\(command)' needs a file first"))
        }
        let missing = try BuiltProgram.run("import", folder.file("none"), "--url", server.url)
        #expect(missing.code == 1)
        #expect(missing.errors.contains("none: cannot be read: No such file or directory"))
        let unwritable = try BuiltProgram.run("export", folder.file("no/file"), "--url", server.url)
        #expect(unwritable.code == 1 && unwritable.errors.contains("cannot be written: No such file or directory"))
        let port = try SilentListener().port
        let nobody = try BuiltProgram.run("export", folder.file("file"), "--url", "http://127.0.0.1:\(port)")
        #expect(nobody.code == 1 && nobody.errors.contains("is not exported: Connection refused"))
        #expect(!folder.names.contains("file"))
        let off = try RunningServer(["--admin", "off"], in: folder)
        try Data(String(repeating: "x", count: 3 << 20).utf8).write(to: URL(fileURLWithPath: folder.file("long")))
        let refused = try BuiltProgram.run("import", folder.file("long"), "--url", off.url)
        #expect(refused.code == 1 && refused.errors.contains("is not imported by \(off.url): it answered 4"))
    }
}
