import Foundation
import SQLite
import Synchronization
import Testing
import UserStore

struct SharingTests {
    let folder = TemporaryFolder()

    @Test func `of many threads that claim one value exactly one succeeds`() throws {
        let store = try UserStore(at: .file(folder.file()))
        let won = Atomic(0)
        let lost = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 50) { _ in
            let (result, _) = store.batch { batch in
                Result { try batch.request { batch throws in try batch.create(["one"]) } }
            }
            if case .success = result {
                won.wrappingAdd(1, ordering: .relaxed)
            } else {
                lost.wrappingAdd(1, ordering: .relaxed)
            }
        }
        #expect(won.load(ordering: .relaxed) == 1)
        #expect(lost.load(ordering: .relaxed) == 49)
    }

    @Test func `two stores on one file never give one ordinal, sandbox or claim twice`() throws {
        let stores = [
            try UserStore(at: .file(folder.file())), try UserStore(at: .file(folder.file())),
        ]
        var ids: [UserID] = []
        for round in 0..<20 {
            let store = stores[(round * 7 / 3) % 2]
            ids.append(try store.create("\(round)", in: "box\(round % 3)").id)
            #expect(conflict { try stores[round % 2].create("\(round)", in: "box\(round % 3)") }?.owner == ids.last)
        }
        #expect(Set(ids).count == 20)
        #expect(Set(ids.map(\.sandbox)).count == 3)
        #expect(ids.map(\.ordinal).max() == 7)
        #expect(stores[0].nextRequestNumber() != stores[1].nextRequestNumber())
    }

    @Test func `two stores written by two threads at once stay consistent`() throws {
        let folder = self.folder
        let failures = Atomic(0)
        DispatchQueue.concurrentPerform(iterations: 2) { thread in
            let store = try! UserStore(at: .file(folder.file()))
            for round in 0..<100 {
                let (result, failure) = store.batch { batch in
                    Result { try batch.request { batch throws in try batch.create(["\(thread)-\(round)"]) } }
                }
                if failure != nil || (try? result.get()) == nil { failures.wrappingAdd(1, ordering: .relaxed) }
            }
            store.close()
        }
        #expect(failures.load(ordering: .relaxed) == 0)
        #expect(try UserStore(at: .file(folder.file())).create("x").id.ordinal == 201)
    }

    @Test func `a file that another process keeps locked is busy, once for the whole batch`() throws {
        var sizes = StoreSizes()
        sizes.busyTimeout = 500
        let store = try UserStore(at: .file(folder.file()), sizes: sizes)
        let user = try store.create("a")
        var other = try Database(path: folder.file(), busyTimeout: 0)
        try other.execute("BEGIN IMMEDIATE")
        let start = ContinuousClock.now
        let (read, failure) = store.batch { batch in
            for number in 0..<20 {
                try? batch.request { batch throws in _ = try batch.create(["\(number)"]) }
            }
            return try? batch.user(user.id)
        }
        #expect(failure?.kind == .busy)
        #expect(read == user)
        // Waiting at each of the twenty would take ten seconds.
        #expect(start.duration(to: .now) < .seconds(9))
        try other.execute("ROLLBACK")
        #expect(try store.create("b").id.ordinal == 2)
    }
}
