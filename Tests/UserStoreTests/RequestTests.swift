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
