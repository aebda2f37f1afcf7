import Foundation
import SQLite
import Testing
import UserStore

/// Claims are in memory, in a log and in a table; whatever happens, who holds what is what plain dictionaries say.
struct ClaimModelTests {
    /// With no recent claims each batch moves some to the table; with five it does now and then; with many never.
    @Test(arguments: [0, 5, 100_000], [1, 2, 3] as [UInt64])
    func `who holds what is what a model says, through all that can happen to a store`(
        recentClaims: Int, seed: UInt64
    ) throws {
        var life = try Life(recentClaims: recentClaims, seed: seed)
        for _ in 0..<250 {
            try life.go()
            try life.check()
        }
        #expect(life.happened.count == Event.allCases.count, "\(life.happened)")
        #expect(life.conflicts > 50)
    }
}

private enum Event: CaseIterable {
    case batch, reset, resetAll, save, restore, reopen, kill, other
}

private struct Held: Equatable {
    var user: UserID
    var request: Int64
}

/// A store and what it should hold.
private struct Life {
    var happened: Set<Event> = []
    var conflicts = 0
    private let folder = TemporaryFolder()
    private let sizes: StoreSizes
    private var store: UserStore
    private var random: SplitMix
    private var files = 0
    private var request: Int64 = 0
    private var holders: [String: [String: Held]] = ["one": [:], "two": [:]]
    private var claims: [UserID: Set<String>] = [:]
    private var saved: (holders: [String: [String: Held]], claims: [UserID: Set<String>])?

    init(recentClaims: Int, seed: UInt64) throws {
        var sizes = StoreSizes()
        sizes.recentClaims = recentClaims
        self.sizes = sizes
        random = SplitMix(state: seed)
        store = try UserStore(at: .file(folder.file("store0")), sizes: sizes)
        _ = try store.kept { batch in
            for name in ["one", "two"] { _ = try batch.openSandbox(named: name, now: 0) }
        }
    }

    mutating func go() throws {
        let event = Int.random(in: 0..<4, using: &random) > 0 ? .batch : Event.allCases.randomElement(using: &random)!
        happened.insert(event)
        switch event {
        case .batch: try batch()
        case .reset: try reset("two")
        case .resetAll: try reset(nil)
        case .save:
            _ = try store.outside { batch in
                try batch.saveSnapshot(named: "s", of: nil, counting: [seam], now: 0)
            }
            saved = (holders, claims)
        case .restore:
            guard let saved else { return }
            try store.outside { batch in try batch.restore(try #require(try batch.snapshots().first)) }
            (holders, claims) = saved
        case .reopen:
            store.close()
            store = try UserStore(at: .file(folder.file(name)), sizes: sizes)
        case .kill:
            let killed = name
            files += 1
            for suffix in ["", "-wal"] where FileManager.default.fileExists(atPath: folder.file(killed) + suffix) {
                try FileManager.default.copyItem(
                    atPath: folder.file(killed) + suffix, toPath: folder.file(name) + suffix)
            }
            store = try UserStore(at: .file(folder.file(name)), sizes: sizes)
        case .other:
            // Another process writes, and goes.
            let mine = store
            store = try UserStore(at: .file(folder.file(name)), sizes: sizes)
            for _ in 0..<3 { try batch() }
            try check()
            store.close()
            store = mine
        }
    }

    func check() throws {
        try store.kept { batch throws in
            for (name, held) in holders {
                let sandbox = try #require(try batch.sandbox(named: name))
                for value in Life.values {
                    let owner = try batch.owner(of: Claim(kind: email, value: value), vendor: seam, in: sandbox)
                    #expect(owner.map { Held(user: $0.user, request: $0.request) } == held[value], "\(name) \(value)")
                }
            }
        }
    }

    private static let values = (0..<40).map(String.init)
    private var name: String { "store\(files)" }

    private static func name(of sandbox: SandboxID) -> String { sandbox.rawValue == 1 ? "one" : "two" }

    private mutating func reset(_ sandbox: String?) throws {
        try store.outside { batch throws in
            guard let sandbox else { return try batch.resetAll() }
            try batch.reset(try #require(try batch.sandbox(named: sandbox)))
        }
        for name in holders.keys where sandbox == nil || sandbox == name {
            holders[name] = [:]
            claims = claims.filter { user, _ in Life.name(of: user.sandbox) != name }
        }
    }

    /// Some requests, of which some conflict, and some are undone.
    private mutating func batch() throws {
        var next = self
        let (result, failure) = store.batch { batch in
            Result { for _ in 0..<Int.random(in: 1...5, using: &next.random) { try next.request(in: &batch) } }
        }
        try result.get()
        #expect(failure == nil)
        self = next
    }

    private mutating func request(in batch: inout Batch) throws {
        let before = self
        let isUndone = Int.random(in: 0..<5, using: &random) == 0
        do {
            try batch.request { batch throws in
                for _ in 0..<Int.random(in: 1...3, using: &random) { try change(in: &batch) }
                if isUndone { throw Undone() }
            }
        } catch is Undone {
            undo(to: before)
        } catch WriteFailure.conflict(let conflict) {
            let name = Life.name(of: conflict.owner.sandbox)
            let held = holders[name]?[conflict.claim.value]
            #expect(held == Held(user: conflict.owner, request: conflict.request))
            undo(to: before)
            conflicts += 1
        }
    }

    private mutating func undo(to before: Life) {
        holders = before.holders
        claims = before.claims
    }

    private mutating func change(in batch: inout Batch) throws {
        request += 1
        let name = Bool.random(using: &random) ? "one" : "two"
        let wanted = Set(Life.values.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)))
        let user = claims.keys.sorted().randomElement(using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0..<2:
            let user = try batch.create(Array(wanted), in: name, request: request).id
            take(wanted, for: user)
        case 2:
            guard let user else { return }
            let new = wanted.union(claims[user]!.prefix(1))
            let stored = try batch.replace(
                user, claims: claims[user]!.map { Claim(kind: email, value: $0) },
                with: new.map { Claim(kind: email, value: $0) }, fields: [], now: 0, request: request)
            #expect(stored != nil)
            free(claims[user]!.subtracting(new), of: user)
            take(new, for: user)
        default:
            guard let user else { return }
            #expect(try batch.delete(user, claims: claims[user]!.map { Claim(kind: email, value: $0) }))
            free(claims[user]!, of: user)
            claims[user] = nil
        }
    }

    private mutating func take(_ values: Set<String>, for user: UserID) {
        let name = Life.name(of: user.sandbox)
        for value in values where holders[name]![value]?.user != user {
            holders[name]![value] = Held(user: user, request: request)
        }
        claims[user] = values
    }

    private mutating func free(_ values: Set<String>, of user: UserID) {
        let name = Life.name(of: user.sandbox)
        for value in values { holders[name]![value] = nil }
    }
}
