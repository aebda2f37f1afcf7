import SQLite
import Testing
import UserStore

struct SnapshotTests {
    let store = try! UserStore(at: .memory)

    func save(_ name: String, of sandbox: String? = nil) throws -> Snapshot {
        try store.outside { batch in try batch.saveSnapshot(named: name, of: sandbox, counting: [seam], now: 5) }
    }

    func restore(_ name: String, only sandbox: String? = nil) throws {
        try store.outside { batch in
            let snapshot = try #require(try batch.snapshots().first { $0.name == name })
            try batch.restore(snapshot, only: try sandbox.flatMap { try batch.sandbox(named: $0) })
        }
    }

    /// Two users, of whom one is gone again, an event and an idempotency key.
    func fill(_ sandbox: String) throws {
        try store.kept { batch in
            let user = try batch.create(["a"], in: sandbox, fields: #"{"n":1}"#)
            _ = try batch.delete(try batch.create(["b"], in: sandbox).id, claims: [Claim(kind: email, value: "b")])
            try batch.recordEvent(
                "user_created", vendor: seam, in: user.id.sandbox, user: user.id, data: Array("{}".utf8), now: 7,
                request: 8)
            let record = IdempotencyRecord(
                key: "k", fingerprint: [1], target: "POST /users", status: 201, fields: [2], body: [3], user: user.id,
                createdAt: 0, request: 8)
            #expect(try batch.recordIdempotency(record, vendor: seam, in: user.id.sandbox) == nil)
        }
    }

    /// All that the store holds of a sandbox.
    func content(_ name: String) throws -> [String] {
        try store.kept { batch in
            let box = try #require(try batch.sandbox(named: name))
            return try batch.users(of: seam, in: box, limit: 99).map { "\($0)" }
                + batch.events(in: box, limit: 99).map { "\($0)" }
                + batch.idempotencyRecords(of: seam, in: box, limit: 99).map { "\($0)" }
                + ["a", "b", "c"].map { value in
                    let owner = try batch.owner(of: Claim(kind: email, value: value), vendor: seam, in: box)
                    return "\(value) \(owner?.user.ordinal ?? 0) \(owner?.request ?? 0)"
                }
        }
    }

    @Test func `everything comes back as it was, and what is made next gets the id it would have got`() throws {
        try fill("one")
        try fill("two")
        let saved = try save("before")
        #expect(saved.sandbox == nil && saved.users == 2 && saved.createdAt == 5)
        let before = (try content("one"), try content("two"))
        let next = try store.create("c", in: "one").id
        #expect(next.ordinal == 3)
        try store.kept { batch in
            let user = try #require(try batch.user(UserID(rawValue: next.rawValue - 2)))
            _ = try batch.replace(
                user.id, claims: [Claim(kind: email, value: "a")], with: [Claim(kind: email, value: "b")],
                fields: Array("{}".utf8), now: 9, request: 9)
            try batch.deleteIdempotencyRecord(for: "k", vendor: seam, in: user.id.sandbox)
        }
        try store.outside { batch in try batch.reset(try #require(try batch.sandbox(named: "two"))) }
        try store.create("late", in: "three")
        for _ in 0..<2 {
            try restore("before")
            #expect(try content("one") == before.0)
            #expect(try content("two") == before.1)
            #expect(try store.kept { batch in try batch.countUsers(of: seam, in: SandboxID(rawValue: 3)) } == 0)
            #expect(try store.create("c", in: "one").id == next)
            #expect(try store.create("x", in: "three").id.ordinal == 1)
            #expect(conflict { try store.create("a", in: "two") }?.owner.ordinal == 1)
        }
        #expect(try store.kept { batch in try batch.snapshots() } == [saved])
    }

    @Test func `an id that a refused request has lost is lost in both`() throws {
        try store.create("a")
        _ = try? store.kept { batch in
            _ = try batch.create(["b"])
            throw Undone()
        }
        _ = try save("s")
        let next = try store.create("b").id
        try restore("s")
        #expect(try store.create("c").id == next)
    }

    @Test func `one sandbox is kept and brought back without the others`() throws {
        try fill("one")
        try fill("two")
        let one = try save("one", of: "one")
        #expect(one.sandbox == "one" && one.users == 1)
        _ = try save("all")
        let before = try content("one")
        try store.create("c", in: "one")
        try store.create("c", in: "two")
        let after = try content("two")
        try restore("one")
        #expect(try content("one") == before)
        #expect(try content("two") == after)
        try store.create("c", in: "one")
        try restore("all", only: "one")
        #expect(try content("one") == before)
        #expect(try content("two") == after)
    }

    @Test func `a sandbox that nobody has written to is kept as empty`() throws {
        #expect(try save("empty", of: "new").users == 0)
        try store.create("a", in: "new")
        try restore("empty")
        #expect(try store.create("a", in: "new").id.ordinal == 1)
    }

    @Test func `a sandbox that there is no number for is not made, neither for a user nor for a snapshot`() throws {
        let folder = TemporaryFolder()
        try UserStore(at: .file(folder.file())).close()
        try Database.run(folder.file(), "INSERT INTO sandboxes VALUES (1048575, 'last', 0)")
        let full = try UserStore(at: .file(folder.file()))
        let (result, failure) = full.batch { batch in
            Result { try batch.saveSnapshot(named: "s", of: "new", counting: [seam], now: 0) }
        }
        let unsaved = #expect(throws: StoreError.self) { try result.get() }
        #expect(unsaved?.kind == .tooManySandboxes)
        #expect(failure == nil)
        let refused = #expect(throws: StoreError.self) {
            try full.kept { batch in try batch.openSandbox(named: "new", now: 0) }
        }
        #expect(refused?.kind == .tooManySandboxes)
        try full.create("a", in: "last")
        try full.outside { batch throws in
            #expect(try batch.allSandboxes().map(\.name) == ["last"])
            #expect(try batch.snapshots() == [])
            #expect(try batch.saveSnapshot(named: "s", of: "last", counting: [seam], now: 0).users == 1)
        }
    }

    @Test func `a name is given anew, and a snapshot that is removed leaves nothing`() throws {
        try fill("one")
        _ = try save("s")
        let first = try content("one")
        try store.create("c", in: "one")
        #expect(try save("s").users == 2)
        #expect(try store.kept { batch in try batch.snapshots().count } == 1)
        try restore("s")
        #expect(try content("one") != first)
        try store.outside { batch in try batch.delete(try #require(try batch.snapshots().first)) }
        #expect(try store.kept { batch in try batch.snapshots() }.isEmpty)
        #expect(try content("one").count > 3)
    }

    @Test func `a restore for which there is no room has not happened, and the store goes on`() throws {
        var sizes = StoreSizes()
        sizes.maximumPages = 160
        let folder = TemporaryFolder()
        let small = try UserStore(at: .file(folder.file()), sizes: sizes)
        let fields = String(repeating: "x", count: 4_000)
        for number in 0..<30 { try small.create("\(number)", fields: fields) }
        let first = try small.outside { batch in
            try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0)
        }
        try small.outside { batch in try batch.resetAll() }
        try small.create("later", in: "two", fields: String(repeating: "y", count: 30_000))
        for number in 0..<10 { try small.create("\(number)", in: "three", fields: fields) }
        let full = small.batch { batch in
            Result { try batch.saveSnapshot(named: "full", of: nil, counting: [seam], now: 0) }
        }
        #expect(throws: StoreError.self) { try full.result.get() }
        #expect(full.failure?.kind == .diskFull)
        #expect(try small.kept { batch in try batch.snapshots() } == [first])
        let one = try #require(try small.kept { batch in try batch.sandbox(named: "default") })
        let (result, failure) = small.batch { batch in Result { try batch.restore(first, only: one) } }
        #expect(throws: StoreError.self) { try result.get() }
        #expect(failure?.kind == .diskFull)
        #expect(try small.kept { batch in try batch.countUsers(of: seam, in: one) } == 0)
        #expect(try small.create("a").id.ordinal == 1)
        small.close()
    }

    @Test func `a snapshot that there is no room to replace is there as it was, and the store goes on`() throws {
        var sizes = StoreSizes()
        sizes.maximumPages = 300
        let folder = TemporaryFolder()
        let small = try UserStore(at: .file(folder.file()), sizes: sizes)
        let fields = String(repeating: "x", count: 4_000)
        for number in 1...30 { try small.create("\(number)", fields: fields) }
        let old = try small.outside { batch in
            try batch.saveSnapshot(named: "s", of: "default", counting: [seam], now: 0)
        }
        for number in 31...80 { try small.create("\(number)", fields: fields) }
        let (result, failure) = small.batch { batch in
            Result { try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 1) }
        }
        #expect(throws: StoreError.self) { try result.get() }
        #expect(failure?.kind == .diskFull)
        #expect(try small.create("next").id.ordinal == 81)
        try small.outside { batch in
            #expect(try batch.snapshots() == [old])
            try batch.restore(old)
        }
        #expect(try small.create("31").id.ordinal == 31)
        #expect(conflict { try small.create("30") }?.owner.ordinal == 30)
    }

    @Test func `a reset leaves snapshots alone, and so does closing the store`() throws {
        let folder = TemporaryFolder()
        var file = try UserStore(at: .file(folder.file()))
        try file.create("a")
        _ = try file.outside { batch in try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0) }
        try file.outside { batch in try batch.resetAll() }
        file.close()
        file = try UserStore(at: .file(folder.file()))
        try file.outside { batch in try batch.restore(try #require(try batch.snapshots().first)) }
        #expect(conflict { try file.create("a") }?.owner.ordinal == 1)
        #expect(try file.create("b").id.ordinal == 2)
        file.close()
    }

    /// A table that is added without its copy would be forgotten by every snapshot; what the claims' log has is copied
    /// to the claims.
    @Test func `every table of a sandbox's rows has its copy, column for column`() throws {
        let folder = TemporaryFolder()
        try UserStore(at: .file(folder.file())).close()
        var database = try Database(path: folder.file(), busyTimeout: 0)
        func columns(_ table: String) throws -> String {
            try database.text("SELECT group_concat(name || type || \"notnull\") FROM pragma_table_info('\(table)')")
                ?? ""
        }
        var tables: [String] = []
        var list = Statement(
            """
            SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('meta', 'sandboxes', 'claim_log', 'claim_filters')
            AND name NOT LIKE 'snapshot%' AND name NOT LIKE 'sqlite_%'
            """, in: database)
        try list.each { row in tables.append(row.text(0)) }
        #expect(tables.count >= 5)
        for table in tables {
            // A primary key need not say that it is not null, and a row number cannot be.
            let copy = try columns("snapshot_\(table)").replacing("INTEGER1", with: "INTEGER0")
            let own = try columns(table).replacing("INTEGER1", with: "INTEGER0")
            #expect(copy == "snapshotINTEGER0,\(own)", "\(table)")
        }
    }
}
