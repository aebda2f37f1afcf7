import SQLite
import Testing
import UserStore

struct RequestTests {
    let store = try! UserStore(at: .memory)

    func names(in sandbox: String = "default") throws -> [String] {
        try store.kept { batch in
            guard let id = try batch.sandbox(named: sandbox) else { return [] }
            return try batch.users(of: seam, in: id, limit: 100).map { String(decoding: $0.fields, as: UTF8.self) }
        }
    }

    @Test func `a request that throws undoes itself and nothing else of the batch`() throws {
        let (_, failure) = store.batch { batch in
            try? batch.request { batch throws in _ = try batch.create(["a"], fields: "1") }
            try? batch.request { batch throws in
                _ = try batch.create(["b"], fields: "2")
                _ = try batch.create(["c"], in: "new", fields: "3")
                throw Undone()
            }
            try? batch.request { batch throws in _ = try batch.create(["b"], fields: "4") }
        }
        #expect(failure == nil)
        #expect(try names() == ["1", "4"])
        #expect(try store.kept { batch in try batch.sandbox(named: "new") } == nil)
        try store.create("c", in: "new", fields: "5")
        #expect(try names(in: "new") == ["5"])
    }

    @Test(arguments: [false, true])
    func `a request that throws takes back its user, claims, event and key`(afterChanging: Bool) throws {
        let old = try store.create("old", fields: "1")
        let sandbox = old.id.sandbox
        let record = IdempotencyRecord(
            key: "k", fingerprint: [], target: "", status: 201, fields: [], body: [], user: nil, createdAt: 0,
            request: 2)
        let (_, failure) = store.batch { batch in
            try? batch.request { batch throws in _ = try batch.create(["before"], fields: "2") }
            try? batch.request { batch throws in
                let user = try batch.create(["a", "b"], fields: "3")
                try batch.recordEvent(
                    "made", vendor: seam, in: sandbox, user: user.id, data: [0x7B, 0x7D], now: 0, request: 2)
                _ = try batch.recordIdempotency(record, vendor: seam, in: sandbox)
                if afterChanging {
                    try batch.delete(user.id, claims: [Claim(kind: email, value: "a")])
                    _ = try batch.replace(
                        old.id, claims: [Claim(kind: email, value: "old")], with: [Claim(kind: email, value: "a")],
                        fields: [], now: 0, request: 2)
                    _ = try batch.create(["old"], fields: "4")
                }
                throw Undone()
            }
            try? batch.request { batch throws in _ = try batch.create(["after"], fields: "5") }
        }
        #expect(failure == nil)
        #expect(try names() == ["1", "2", "5"])
        try store.kept { batch throws in
            for value in ["a", "b"] {
                #expect(try batch.owner(of: Claim(kind: email, value: value), vendor: seam, in: sandbox) == nil)
            }
            #expect(try batch.owner(of: Claim(kind: email, value: "old"), vendor: seam, in: sandbox)?.user == old.id)
            #expect(try batch.events(in: sandbox, limit: 10).isEmpty)
            #expect(try batch.idempotencyRecord(for: "k", vendor: seam, in: sandbox, now: 0) == nil)
            #expect(try batch.idempotencyRecords(of: seam, in: sandbox, limit: 10).isEmpty)
        }
        try store.create("a", "b")
    }

    @Test func `a request that swallows a conflict is undone all the same`() throws {
        try store.create("taken", fields: "1")
        let answer = try store.kept { batch in
            _ = try batch.create(["free"], fields: "2")
            do { _ = try batch.create(["also free", "taken"], fields: "3") } catch { return "409" }
            return "201"
        }
        #expect(answer == "409")
        #expect(try names() == ["1"])
        try store.create("free", "also free")
    }

    @Test func `only a request that reads or writes under the open transaction has touched it`() throws {
        let user = try store.create("a").id
        var touched: [Bool] = []
        _ = store.batch { batch in
            for step in 0..<4 {
                try? batch.request { batch throws in
                    switch step {
                    case 0: _ = try batch.user(user)
                    case 1: _ = try batch.create(["b"])
                    case 2: _ = try batch.user(user)
                    default: break
                    }
                }
                touched.append(batch.touchedTransaction)
            }
        }
        #expect(touched == [false, true, true, false])
    }

    @Test func `a batch that finds no room leaves nothing, says so, and the store works on`() throws {
        let folder = TemporaryFolder()
        var sizes = StoreSizes()
        sizes.maximumPages = 30
        let store = try UserStore(at: .file(folder.file()), sizes: sizes)
        try store.create("kept", fields: "1")
        let (results, failure) = store.batch { batch in
            (0..<1_000).map { number in
                Result { try batch.request { batch throws in try batch.create(["\(number)"], request: 2) } }
            }
        }
        #expect(failure?.kind == .diskFull)
        #expect(failure?.description.contains(folder.file()) == true)
        #expect(store.status().lastError == failure)
        #expect(throws: StoreError.self) { try results.last?.get() }
        try store.kept { batch in
            let sandbox = try #require(try batch.sandbox(named: "default"))
            #expect(try batch.users(of: seam, in: sandbox, limit: 10).map(\.id.ordinal) == [1])
            #expect(try batch.owner(of: Claim(kind: email, value: "0"), vendor: seam, in: sandbox) == nil)
        }
        #expect(try store.create("0").id.ordinal == 2)
        #expect(store.status().lastError == nil)
    }
}
