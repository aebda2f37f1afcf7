import Foundation
import SQLite
import Testing
import UserStore

struct PersistenceTests {
    let folder = TemporaryFolder()

    @Test(arguments: [Durability.normal, .full])
    func `what was committed is there after reopening, and closing leaves one file`(durability: Durability) throws {
        let store = try UserStore(at: .file(folder.file()), durability: durability)
        let user = try store.create("a", fields: "{\"a\":1}")
        store.close()
        #expect(try folder.names() == ["store.sqlite"])
        let again = try UserStore(at: .file(folder.file()), durability: durability)
        #expect(try again.kept { batch in try batch.user(user.id) } == user)
        #expect(conflict { try again.create("a") }?.owner == user.id)
    }

    @Test func `an ordinal is never used again, not after deletion nor a restart`() throws {
        var ordinals: [Int64] = []
        for _ in 0..<3 {
            let store = try UserStore(at: .file(folder.file()))
            let user = try store.create("a").id
            ordinals.append(user.ordinal)
            _ = try store.kept { batch in try batch.delete(user, claims: [Claim(kind: email, value: "a")]) }
            let next = try store.create("b").id
            ordinals.append(next.ordinal)
            _ = try store.kept { batch in try batch.delete(next, claims: [Claim(kind: email, value: "b")]) }
            store.close()
        }
        #expect(ordinals == [1, 2, 3, 4, 5, 6])
    }

    @Test func `request numbers go on after closing, and after a crash never repeat one that is in the file`() throws {
        let store = try UserStore(at: .file(folder.file()))
        #expect((0..<3).map { _ in store.nextRequestNumber() } == [1, 2, 3])
        store.close()
        let second = try UserStore(at: .file(folder.file()))
        let number = second.nextRequestNumber()
        #expect(number == 4)
        try second.create("a", request: number)
        let crashed = try copy(as: "crashed.sqlite")
        #expect(try UserStore(at: .file(crashed)).nextRequestNumber() > number)
        for _ in 0..<25_000 {
            let number = second.nextRequestNumber()
            if number % 4_000 == 0 { try second.create("\(number)", request: number) }
        }
        let used = second.nextRequestNumber()
        try second.create("last", request: used)
        #expect(try UserStore(at: .file(try copy(as: "again.sqlite"))).nextRequestNumber() > used)
    }

    @Test func `a copy taken in the middle, as after kill -9, has what was committed and nothing else`() throws {
        let store = try UserStore(at: .file(folder.file()))
        try store.create("committed")
        var file = ""
        _ = store.batch { batch in
            try? batch.request { batch throws in _ = try batch.create(["uncommitted"]) }
            file = (try? copy(as: "killed.sqlite")) ?? ""
        }
        let killed = try UserStore(at: .file(file))
        #expect(conflict { try killed.create("committed") } != nil)
        #expect(try killed.create("uncommitted").id.ordinal == 2)
    }

    @Test func `a log that was never copied is bounded, and closing copies it`() throws {
        var sizes = StoreSizes()
        sizes.softLog = 200_000
        sizes.hardLog = 400_000
        let store = try UserStore(at: .file(folder.file()), sizes: sizes)
        for batch in 0..<200 {
            try store.kept { part in
                for number in 0..<20 { _ = try part.create(["\(batch)-\(number)"]) }
            }
        }
        // The background copies when it gets a turn of the processor, so its bound is waited for; each write asks anew.
        var extra = 0
        while store.status().logBytes > Int64(sizes.hardLog), extra < 600 {
            try store.create("extra-\(extra)")
            extra += 1
            usleep(50_000)
        }
        #expect(store.status().logBytes <= Int64(sizes.hardLog))
        #expect(store.status().lastError == nil)
        store.close()
        let again = try UserStore(at: .file(folder.file()))
        #expect(try again.create("x").id.ordinal == Int64(4_001 + extra))
        #expect(again.status().bytes > 200_000)
    }

    /// Copies the file and its log as they are now.
    func copy(as name: String) throws -> String {
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file() + end) {
            try FileManager.default.copyItem(atPath: folder.file() + end, toPath: folder.file(name) + end)
        }
        return folder.file(name)
    }
}
