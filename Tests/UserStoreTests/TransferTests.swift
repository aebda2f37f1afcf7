import Foundation
import SQLite
import Testing
import UserStore

struct TransferTests {
    let folder = TemporaryFolder()
    let store = try! UserStore(at: .memory)

    func fill(_ store: UserStore) throws {
        try store.create("a", in: "one", fields: #"{"n":1}"#, request: 4_000_000)
        try store.kept { batch in
            let box = try batch.openSandbox(named: "one", now: 0)
            let record = IdempotencyRecord(
                key: "k", fingerprint: [1], target: "POST /users", status: 201, fields: [2], body: [3], user: nil,
                createdAt: 0, request: 8)
            #expect(try batch.recordIdempotency(record, vendor: seam, in: box) == nil)
        }
        _ = try store.outside { batch in try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0) }
        try store.create("b", in: "one")
    }

    func export(_ store: UserStore, limit: Int = 1 << 24) throws -> [UInt8]? {
        try store.outside { batch in try batch.exported(limit: limit) }
    }

    /// Why a file is not taken, or nil.
    func `import`(_ file: [UInt8]) throws -> StoreError? {
        try store.outside { batch in try batch.replaceAll(with: file) }
    }

    func checkFilled(_ store: UserStore) throws {
        #expect(conflict { try store.create("a", in: "one") }?.owner.ordinal == 1)
        #expect(conflict { try store.create("a", in: "one") }?.request == 4_000_000)
        try store.kept { batch in
            #expect(try batch.allSandboxes().map(\.name) == ["one"])
            let box = try #require(try batch.sandbox(named: "one"))
            #expect(try batch.users(of: seam, in: box, limit: 9).map(\.id.ordinal) == [1, 2])
            #expect(try batch.idempotencyRecord(for: "k", vendor: seam, in: box, now: 1)?.body == [3])
        }
        try store.outside { batch in try batch.restore(try #require(try batch.snapshots().first)) }
        #expect(try store.create("c", in: "one").id.ordinal == 2)
    }

    @Test func `what one store hands over another takes, in the place of all that it had`() throws {
        try fill(store)
        let file = try #require(try export(store))
        let other = try UserStore(at: .file(folder.file()))
        try other.create("a", in: "mine")
        try other.create("z", in: "one")
        #expect(try other.outside { batch in try batch.replaceAll(with: file) } == nil)
        try checkFilled(other)
        #expect(other.nextRequestNumber() > 10_000)
        #expect(try other.create("z", in: "one").id.ordinal == 3)
        other.close()
        let again = try UserStore(at: .file(folder.file()))
        #expect(conflict { try again.create("z", in: "one") }?.owner.ordinal == 3)
        again.close()
    }

    /// Claims that a change brought remember its request themselves: in the log, and in their table.
    @Test(arguments: [0, 100])
    func `no number is that of a request here and of one of the file`(recentClaims: Int) throws {
        var sizes = StoreSizes()
        sizes.recentClaims = recentClaims
        let theirs = try UserStore(at: .file(folder.file()), sizes: sizes)
        let user = try theirs.create("a", request: theirs.nextRequestNumber())
        let second = theirs.nextRequestNumber()
        try theirs.kept { batch throws in
            _ = try batch.replace(
                user.id, claims: [], with: [Claim(kind: email, value: "b")], fields: user.fields, now: 2,
                request: second)
            try batch.recordEvent(
                "user_created", vendor: seam, in: user.id.sandbox, user: user.id, data: Array("{}".utf8), now: 2,
                request: second)
        }
        _ = try theirs.outside { batch in try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0) }
        let file = try #require(try export(theirs))
        theirs.close()

        for _ in 1...5 { _ = store.nextRequestNumber() }
        #expect(try `import`(file) == nil)
        for _ in 0..<2 {
            #expect(conflict { try store.create("a") }?.request == 6)
            #expect(conflict { try store.create("b") }?.request == 7)
            #expect(try store.kept { batch in try batch.events(in: user.id.sandbox, limit: 9).map(\.request) } == [7])
            try store.outside { batch in try batch.restore(try #require(try batch.snapshots().first)) }
        }
        #expect(store.nextRequestNumber() > 7)
        let fresh = try UserStore(at: .memory)
        #expect(try fresh.outside { batch in try batch.replaceAll(with: file) } == nil)
        #expect(conflict { try fresh.create("b") }?.request == 2)
    }

    @Test func `what is handed over is a file that a store can be opened at`() throws {
        try fill(store)
        try Data(try #require(try export(store))).write(to: URL(fileURLWithPath: folder.file()))
        let opened = try UserStore(at: .file(folder.file()))
        try checkFilled(opened)
        opened.close()
    }

    @Test func `what is in the log is handed over, and what was deleted is not`() throws {
        let file = try UserStore(at: .file(folder.file()))
        try file.create("gone", fields: String(repeating: "gone", count: 100_000))
        try file.outside { batch in try batch.resetAll() }
        try file.create("a", fields: String(repeating: "kept", count: 1_000))
        let bytes = try #require(try export(file))
        #expect(bytes.count < 100_000)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("keptkept") && !text.contains("gonegone"))
        #expect(try export(file, limit: bytes.count / 2) == nil)
        file.close()
    }

    @Test func `another process finds the claims of the store that was taken`() throws {
        try fill(store)
        let file = try #require(try export(store))
        let first = try UserStore(at: .file(folder.file()))
        let second = try UserStore(at: .file(folder.file()))
        try second.create("z")
        #expect(try first.outside { batch in try batch.replaceAll(with: file) } == nil)
        #expect(conflict { try second.create("a", in: "one") }?.owner.ordinal == 1)
        first.close()
        second.close()
    }

    /// Runs SQL on a file that a store made, and returns the file.
    func changed(
        _ sql: String, _ name: String = UUID().uuidString, sizes: StoreSizes = StoreSizes()
    ) throws -> [UInt8] {
        let made = try UserStore(at: .file(folder.file(name)), sizes: sizes)
        try fill(made)
        made.close()
        try Database.run(folder.file(name), sql)
        return try Array(Data(contentsOf: URL(fileURLWithPath: folder.file(name))))
    }

    @Test func `an older version's file is brought up to date`() throws {
        // The first step's tables alone.
        let first = "'meta', 'sandboxes', 'users', 'ordinals', 'claims', 'idempotency_records', 'events'"
        var later: [String] = []
        var database = try Database(path: ":memory:", busyTimeout: 0)
        try database.deserialize(try changed("SELECT 1"))
        var list = Statement(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN (\(first))", in: database)
        try list.each { row in later.append(row.text(0)) }
        #expect(later.contains("snapshots"))
        // Its claims are all in their table.
        var sizes = StoreSizes()
        sizes.recentClaims = 0
        let drops = later.map { "DROP TABLE \($0);" }.joined()
        let old = try changed(drops + "PRAGMA user_version = 1", sizes: sizes)
        #expect(try `import`(old) == nil)
        #expect(conflict { try store.create("a", in: "one") }?.owner.ordinal == 1)
        _ = try store.outside { batch in try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0) }
    }

    @Test func `what is no store's file is refused, and nothing is changed`() throws {
        try fill(store)
        let before = try #require(try export(store))
        let whole = try changed("SELECT 1")
        var damaged = whole
        for index in 4_096..<min(damaged.count, 40_000) { damaged[index] = UInt8(truncatingIfNeeded: index) }
        let files: [([UInt8], StoreError.Kind)] = [
            ([], .notADatabase), (Array("not a database".utf8), .notADatabase),
            (Array("SQLite format 3\0".utf8), .corrupt), (Array(whole[..<2_048]), .corrupt), (damaged, .corrupt),
            (Array("SQLite format 3\0".utf8) + [UInt8](repeating: 255, count: 5_000), .corrupt),
            (try changed("PRAGMA user_version = 99"), .newerVersion),
            (try changed("PRAGMA user_version = 0"), .notOurs),
            (try changed("PRAGMA application_id = 1"), .notOurs), (try changed("CREATE TABLE theirs(x)"), .notOurs),
            (try changed("CREATE TRIGGER t AFTER INSERT ON users BEGIN DELETE FROM users; END"), .notOurs),
            (try changed("DROP TABLE events; CREATE VIEW events AS SELECT 1"), .notOurs),
            (try changed("DELETE FROM meta WHERE name = 'requests'"), .corrupt),
            (try changed("UPDATE meta SET value = 'x' WHERE name = 'claim_secret_0'"), .corrupt),
            (try changed("UPDATE sandboxes SET id = -1"), .corrupt),
        ]
        for (index, (file, kind)) in files.enumerated() {
            let refusal = try `import`(file)
            #expect(refusal?.kind == kind, "\(index): \(String(describing: refusal))")
            #expect(refusal?.advice.hasSuffix("; nothing was changed") == true)
        }
        #expect(try export(store) == before)
        try checkFilled(store)
    }

    @Test func `a file for which there is no room changes nothing, and the store goes on`() throws {
        let big = try UserStore(at: .memory)
        try big.create("a", fields: String(repeating: "x", count: 2_000_000))
        let file = try #require(try export(big))
        var sizes = StoreSizes()
        sizes.maximumPages = 300
        let small = try UserStore(at: .file(folder.file()), sizes: sizes)
        try fill(small)
        let (result, failure) = small.batch { batch in Result { try batch.replaceAll(with: file) } }
        #expect(throws: StoreError.self) { try result.get() }
        #expect(failure?.kind == .diskFull)
        try checkFilled(small)
        small.close()
    }
}
