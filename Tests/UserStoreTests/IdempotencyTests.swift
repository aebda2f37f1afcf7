import Testing
import UserStore

struct IdempotencyTests {
    static let day: Int64 = 86_400_000
    let store = try! UserStore(at: .memory)

    func record(_ key: String, at now: Int64 = 0, body: String = "body", user: UserID? = nil) -> IdempotencyRecord {
        IdempotencyRecord(
            key: key, fingerprint: [0, 255, 0], target: "POST /users", status: 201, fields: Array("X: y\r\n".utf8),
            body: Array(body.utf8), user: user, createdAt: now, request: 3)
    }

    @discardableResult
    func keep(
        _ record: IdempotencyRecord, vendor: VendorNumber = seam, in sandbox: String = "default"
    ) throws -> IdempotencyRecord? {
        try store.kept { batch in
            let sandbox = try batch.openSandbox(named: sandbox, now: 0)
            return try batch.recordIdempotency(record, vendor: vendor, in: sandbox)
        }
    }

    func find(
        _ key: String, at now: Int64 = 0, vendor: VendorNumber = seam, in sandbox: String = "default"
    ) throws -> IdempotencyRecord? {
        try store.kept { batch in
            let sandbox = try batch.openSandbox(named: sandbox, now: 0)
            return try batch.idempotencyRecord(for: key, vendor: vendor, in: sandbox, now: now)
        }
    }

    @Test func `a record comes back byte for byte, with its user`() throws {
        let user = try store.create("a").id
        let kept = record("k\u{E9}\0", body: "\0\u{E9}", user: user)
        try keep(kept)
        #expect(try find("k\u{E9}\0") == kept)
        #expect(try find("ke\u{301}\0") == nil)
    }

    @Test func `a key is one sandbox's and one vendor's`() throws {
        try keep(record("k", body: "1"))
        #expect(try find("k", vendor: sensay) == nil)
        #expect(try find("k", in: "other") == nil)
        try keep(record("k", body: "2"), vendor: sensay)
        try keep(record("k", body: "3"), in: "other")
        #expect(try find("k")?.body == Array("1".utf8))
    }

    @Test(arguments: [(0, true), (day - 1, true), (day, false), (day + 1, false), (-5, true)] as [(Int64, Bool)])
    func `a key lives for 24 hours from its first use`(now: Int64, lives: Bool) throws {
        try keep(record("k", at: 0))
        #expect((try find("k", at: now) != nil) == lives)
    }

    @Test func `a record that lives is not replaced, one whose life is over is`() throws {
        let first = record("k", at: 0, body: "1")
        try keep(first)
        let early = try store.kept { batch in
            let sandbox = try batch.openSandbox(named: "default", now: 0)
            _ = try batch.create(["undone"])
            let early = record("k", at: IdempotencyTests.day - 1, body: "2")
            return try batch.recordIdempotency(early, vendor: seam, in: sandbox)
        }
        #expect(early == first)
        try store.create("undone")
        let late = record("k", at: IdempotencyTests.day, body: "3")
        #expect(try keep(late) == nil)
        #expect(try find("k", at: IdempotencyTests.day) == late)
    }

    @Test func `a key and its user are kept or undone together`() throws {
        _ = try? store.kept { batch in
            let user = try batch.create(["a"])
            _ = try batch.recordIdempotency(record("k", user: user.id), vendor: seam, in: user.id.sandbox)
            throw Undone()
        }
        #expect(try find("k") == nil)
        try store.create("a")
    }

    @Test func `a sweep looks at a bounded number, removes what is over, and in the end all of it`() throws {
        for number in 0..<10 { try keep(record("old\(number)", at: 0)) }
        for number in 0..<10 { try keep(record("new\(number)", at: 500)) }
        try keep(record("slow", at: 0), in: "clock stands still")
        let slow = try store.kept { batch in try batch.sandbox(named: "clock stands still") }
        var removed: [Int] = []
        for _ in 0..<8 {
            removed.append(
                try store.sweep(limit: 4) { sandbox in sandbox == slow ? 0 : IdempotencyTests.day })
        }
        #expect(removed == [4, 4, 2, 0, 0, 0, 0, 0])
        #expect(try find("new9") != nil)
        #expect(try find("slow", in: "clock stands still") != nil)
        try keep(record("old0", at: 9, body: "again"))
        #expect(try find("old0", at: 9)?.body == Array("again".utf8))
    }

    @Test func `records can be listed and deleted`() throws {
        for number in 0..<3 { try keep(record("\(number)")) }
        try store.kept { batch in
            let sandbox = try #require(try batch.sandbox(named: "default"))
            let page = try batch.idempotencyRecords(of: seam, in: sandbox, limit: 2)
            #expect(page.map(\.record.key) == ["0", "1"])
            let rest = try batch.idempotencyRecords(of: seam, in: sandbox, after: page[1].ordinal, limit: 2)
            #expect(rest.map(\.record.key) == ["2"])
            #expect(try batch.deleteIdempotencyRecord(for: "1", vendor: seam, in: sandbox))
            #expect(try !batch.deleteIdempotencyRecord(for: "1", vendor: seam, in: sandbox))
        }
        #expect(try find("1") == nil)
        try keep(record("1"))
    }
}
