import Foundation
import SQLite
import Testing
import UserStore

/// Requests that are undone after they have changed more pages than the cache holds.
///
/// SQLite before 3.50.2 loses every later commit when such a page was in the log already: see `Transaction`.
struct UndoneRequestTests {
    let folder = TemporaryFolder()

    /// The fields of a user that was changed so many times.
    func fields(_ version: Int = 0) -> [UInt8] {
        Array(repeating: UInt8(ascii: "A") + UInt8(version), count: 1_000)
    }

    /// Opens a store with 200 users, who take ten times the pages that its cache has.
    func open(maximumPages: Int? = nil) throws -> UserStore {
        var sizes = StoreSizes()
        sizes.cache = 32 << 10
        sizes.maximumPages = maximumPages
        let store = try UserStore(at: .file(folder.file()), sizes: sizes)
        let text = String(decoding: fields(), as: UTF8.self)
        try store.kept { batch in
            for _ in 1...200 { _ = try batch.create([], fields: text) }
        }
        return store
    }

    /// What is left if the process is killed now: the users' fields by their ordinals, and whether the file is sound.
    func afterKill() throws -> [Int64: [UInt8]] {
        let copy = TemporaryFolder()
        for end in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: folder.file() + end, toPath: copy.file() + end)
        }
        var plain = try Database(path: copy.file(), busyTimeout: 0)
        #expect(try plain.text("PRAGMA integrity_check") == "ok")
        return try content(of: try UserStore(at: .file(copy.file())))
    }

    func content(of store: UserStore) throws -> [Int64: [UInt8]] {
        try store.kept { batch in
            guard let box = try batch.sandbox(named: "default") else { return [:] }
            let users = try batch.users(of: seam, in: box, limit: 1_000)
            return Dictionary(uniqueKeysWithValues: users.map { ($0.id.ordinal, $0.fields) })
        }
    }

    /// Gives these users, who have no claims, other fields.
    func change(_ ordinals: some Sequence<Int64>, to version: Int, in batch: inout Batch) throws {
        let box = try #require(try batch.sandbox(named: "default"))
        for ordinal in ordinals {
            let id = UserID(sandbox: box, vendor: seam, ordinal: ordinal)
            _ = try batch.replace(id, claims: [], with: [], fields: fields(version), now: 2, request: 2)
        }
    }

    @Test func `a large request that is undone takes nothing else with it, not after a kill either`() throws {
        let store = try open()
        let (_, failure) = store.batch { batch in
            try? batch.request { batch throws in try change(1...3, to: 1, in: &batch) }
            try? batch.request { batch throws in
                try change(1...200, to: 2, in: &batch)
                // Again, but not all: a frame of the log that is not the request's first is written over.
                try change(100...200, to: 3, in: &batch)
                throw Undone()
            }
            try? batch.request { batch throws in try change(198...200, to: 4, in: &batch) }
        }
        #expect(failure == nil)
        try store.create("later")
        let left = try afterKill()
        #expect(left.count == 201)
        #expect((1...200).allSatisfy { left[$0] == fields($0 <= 3 ? 1 : $0 >= 198 ? 4 : 0) })
    }

    @Test func `a snapshot for which there is no room takes nothing with it, not after a kill either`() throws {
        let store = try open(maximumPages: 300)
        let (_, failure) = store.batch { batch in
            #expect(throws: StoreError.self) {
                try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 3)
            }
        }
        #expect(failure?.kind == .diskFull)
        try store.kept { batch in try change(1...200, to: 1, in: &batch) }
        let left = try afterKill()
        #expect(left.count == 200 && left.values.allSatisfy { $0 == fields(1) })
    }

    @Test func `what is alone and has spilled is there after a kill, and so is what comes after it`() throws {
        let store = try open()
        for version in 1...3 {
            _ = try store.outside { batch in
                try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 3)
            }
            try store.kept { batch in try change(1...200, to: version, in: &batch) }
            try store.outside { batch in try batch.restore(try #require(try batch.snapshots().first)) }
            #expect(try afterKill().values.allSatisfy { $0 == fields(version - 1) })
            try store.kept { batch in try change(1...200, to: version, in: &batch) }
            #expect(try afterKill().values.allSatisfy { $0 == fields(version) })
        }
        try store.outside { batch in try batch.resetAll() }
        #expect(try afterKill().isEmpty)
        try store.create("later")
        #expect(try afterKill().count == 1)
    }

    @Test(arguments: UInt64(1)...6)
    func `whatever is undone, what was committed is there after a kill, and nothing else`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let store = try open()
        var expected = try content(of: store)
        for turn in 1...20 {
            let (_, failure) = store.batch { batch in
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let passes = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                        (0..<Int.random(in: 1...120, using: &random)).map { _ in
                            Int64.random(in: 1...200, using: &random)
                        }
                    }
                    let isKept = Int.random(in: 0..<2, using: &random) == 0
                    try? batch.request { batch throws in
                        for ordinals in passes { try change(ordinals, to: turn, in: &batch) }
                        if !isKept { throw Undone() }
                    }
                    guard isKept else { continue }
                    for ordinal in passes.joined() { expected[ordinal] = fields(turn) }
                }
            }
            #expect(failure == nil)
            if turn % 5 == 0 { #expect(try afterKill() == expected, "turn \(turn)") }
        }
    }
}
