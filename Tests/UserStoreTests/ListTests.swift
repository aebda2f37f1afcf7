import Foundation
import SQLite
import Testing
import UserStore

/// Lists by rank, compared with a list that is simply kept.
struct ListTests {
    let folder = TemporaryFolder()

    /// What the store says of one vendor's users: how many, and the ordinals of a part.
    private func part(
        _ store: UserStore, of vendor: VendorNumber = seam, in name: String = "default", offset: Int, limit: Int
    ) throws -> (total: Int, ordinals: [Int64]) {
        try store.kept { batch in
            guard let sandbox = try batch.sandbox(named: name) else { return (0, []) }
            return (
                try batch.countUsers(of: vendor, in: sandbox),
                try batch.users(of: vendor, in: sandbox, offset: offset, limit: limit).map(\.id.ordinal)
            )
        }
    }

    private func check(_ store: UserStore, _ model: [Int64], _ random: inout SplitMix) throws {
        var offsets = [0, model.count - 1, model.count, model.count + 5_000]
        for _ in 0..<20 { offsets.append(Int.random(in: 0...model.count + 10, using: &random)) }
        for offset in offsets where offset >= 0 {
            let limit = Int.random(in: 1...50, using: &random)
            let (total, ordinals) = try part(store, offset: offset, limit: limit)
            #expect(total == model.count)
            #expect(ordinals == Array(model.dropFirst(offset).prefix(limit)), "offset \(offset)")
        }
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `creations, deletions and undone requests leave lists exact`(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var store = try UserStore(at: .file(folder.file()))
        var model: [Int64] = []
        var next: Int64 = 1
        for step in 0..<60 {
            // What a batch does to the model counts only once it is kept.
            let (_, failure) = store.batch { batch in
                for _ in 0..<Int.random(in: 1...120, using: &random) {
                    let action = Int.random(in: 0..<10, using: &random)
                    let victim = model.randomElement(using: &random)
                    let isUndone = Int.random(in: 0..<8, using: &random) == 0
                    let made = try? batch.request { batch throws -> Int64? in
                        var made: Int64?
                        if action < 7 { made = try batch.create([]).id.ordinal }
                        if action > 5, let victim, let sandbox = try batch.sandbox(named: "default") {
                            let id = UserID(sandbox: sandbox, vendor: seam, ordinal: victim)
                            #expect(try batch.delete(id, claims: []))
                            if isUndone { _ = try batch.create([]) }
                        }
                        if isUndone { throw Undone() }
                        return made
                    }
                    guard !isUndone else { continue }
                    if action < 7 {
                        #expect(made == next)
                        model.append(next)
                        next += 1
                    }
                    if action > 5, let victim { model.removeAll { $0 == victim } }
                }
            }
            #expect(failure == nil)
            if step % 10 == 9 { try check(store, model, &random) }
            if step == 29 {
                store.close()
                store = try UserStore(at: .file(folder.file()))
            }
        }
    }

    /// Takes a file back to its first step.
    private static let laterTablesDropped =
        (["users", "ordinals", "claims", "idempotency_records", "events"]
        .map { "snapshot_" + $0 }
        + ["bucket_counts", "memberships", "clock_steps"].flatMap { [$0, "snapshot_" + $0] }
        + ["snapshots", "claim_log", "claim_filters"])
        .map { "DROP TABLE \($0)" }.joined(separator: "; ")

    @Test func `a million ordinals with gaps of every kind`() throws {
        // Rows by SQL, and no claims: only the numbers matter. Buckets are whole, half empty, and empty.
        let store = try UserStore(at: .file(folder.file()))
        try store.create("first")
        store.close()
        let base = Int64(1) << 43 | Int64(3) << 40
        try Database.run(
            folder.file(),
            """
            \(Self.laterTablesDropped); DELETE FROM users;
            WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 1200000)
            INSERT INTO users SELECT \(base) + n, '{}', 0, 0, 1 FROM n
            WHERE n < 300000 AND n % 3 > 0 OR n BETWEEN 310001 AND 1047999 OR n BETWEEN 1100000 AND 1199990;
            INSERT OR REPLACE INTO ordinals VALUES (\(base >> 40), 1200000);
            PRAGMA user_version = 1
            """)
        var model: [Int64] = []
        for n in 1...1_200_000 as ClosedRange<Int64>
        where n < 300_000 && n % 3 > 0 || (310_001...1_047_999).contains(n) || (1_100_000...1_199_990).contains(n) {
            model.append(n)
        }
        var random = SplitMix(state: 7)
        let again = try UserStore(at: .file(folder.file()))
        try check(again, model, &random)
        #expect(try again.create("next").id.ordinal == 1_200_001)
        try check(again, model + [1_200_001], &random)
    }

    @Test func `lists of a sandbox begin anew with a reset, and others keep theirs`() throws {
        let store = try UserStore(at: .memory)
        for name in ["one", "two"] {
            let users = try (0..<10).map { _ in try store.create(in: name).id }
            for user in users.prefix(3) { _ = try store.kept { batch in try batch.delete(user, claims: []) } }
        }
        try store.outside { batch in try batch.reset(try #require(try batch.sandbox(named: "one"))) }
        #expect(try part(store, in: "one", offset: 0, limit: 9) == (0, []))
        try store.create(in: "one")
        #expect(try part(store, in: "one", offset: 0, limit: 9) == (1, [1]))
        #expect(try part(store, in: "two", offset: 1, limit: 2) == (7, [5, 6]))
        try store.outside { batch in try batch.resetAll() }
        try store.create(in: "two")
        #expect(try part(store, in: "two", offset: 0, limit: 9) == (1, [1]))
    }

    @Test func `a batch that is lost takes its gaps along`() throws {
        var sizes = StoreSizes()
        sizes.maximumPages = 60
        let store = try UserStore(at: .file(folder.file()), sizes: sizes)
        let users = try (0..<20).map { _ in try store.create().id }
        let (_, failure) = store.batch { batch in
            for user in users.prefix(10) {
                _ = try? batch.request { batch throws in try batch.delete(user, claims: []) }
            }
            for number in 0..<2_000 {
                _ = try? batch.request { batch throws in try batch.create(["\(number)"]) }
            }
        }
        #expect(failure?.kind == .diskFull)
        #expect(try part(store, offset: 5, limit: 2) == (20, [6, 7]))
        #expect(try store.create().id.ordinal == 21)
    }

    @Test func `members of a group are counted and listed, oldest first`() throws {
        let store = try UserStore(at: .memory)
        let groups = VendorNumber(rawValue: 6)
        let users = try (0..<3_000).map { _ in try store.create().id }
        let group = try store.create(vendor: groups).id
        let other = try store.create(vendor: groups).id
        var model: [UserID] = []
        try store.kept { batch in
            for user in users.reversed() where user.ordinal % 7 > 2 {
                try batch.join(user, to: group)
                try batch.join(user, to: group)
                model.insert(user, at: 0)
            }
            try batch.join(users[0], to: other)
        }
        for index in [5, 500, 1_200] {
            let user = model.remove(at: index)
            #expect(try store.kept { batch in try batch.delete(user, claims: [], groups: [group, other]) })
        }
        #expect(throws: Undone.self) {
            try store.kept { batch in
                try batch.join(users[0], to: group)
                throw Undone()
            }
        }
        try store.kept { batch throws in
            #expect(try batch.countMembers(of: group) == model.count)
            #expect(try batch.allMembers(of: group) == model)
            for offset in [0, 1, 580, 584, 585, 586, 1_000, model.count - 1, model.count, 9_999] {
                let part = try batch.members(of: group, among: seam, offset: offset, limit: 30).map(\.id)
                #expect(part == Array(model.dropFirst(offset).prefix(30)), "offset \(offset)")
            }
            #expect(try batch.countMembers(of: other) == 1)
        }
        try store.outside { batch throws in
            try batch.reset(group.sandbox)
            #expect(try batch.countMembers(of: other) == 0)
            #expect(try batch.allMembers(of: group) == [])
        }
    }

    @Test func `from one clock step to the next users are sorted by time`() throws {
        let store = try UserStore(at: .memory)
        var random = SplitMix(state: 11)
        for _ in 0..<300 {
            let now = Int64.random(in: 0..<50, using: &random)
            let isUndone = Int.random(in: 0..<4, using: &random) == 0
            let user = try? store.kept { batch in
                let user = try batch.create([], now: now)
                if isUndone { throw Undone() }
                return user.id
            }
            if let user, Int.random(in: 0..<4, using: &random) == 0 {
                _ = try store.kept { batch in try batch.delete(user, claims: []) }
            }
        }
        try store.kept { batch in
            let sandbox = try #require(try batch.sandbox(named: "default"))
            let users = try batch.users(of: seam, in: sandbox, limit: 300)
            var steps: Set<Int64> = []
            var last = UserID(sandbox: sandbox, vendor: seam, ordinal: 0)
            while let step = try batch.clockStep(after: last) {
                steps.insert(step.ordinal)
                last = step
            }
            #expect(steps.count > 50)
            for (before, after) in zip(users, users.dropFirst()) where after.createdAt < before.createdAt {
                #expect(steps.contains { $0 > before.id.ordinal && $0 <= after.id.ordinal })
            }
        }
        let other = try store.create(vendor: sensay, now: 5).id
        #expect(try store.kept { batch in try batch.clockStep(after: other) } == nil)
    }

    @Test func `an older file's gaps, members and clock steps are found when it is opened`() throws {
        let store = try UserStore(at: .file(folder.file()))
        let connect = VendorNumber(rawValue: 2)
        let customers = VendorNumber(rawValue: 6)
        let group = try store.create(vendor: customers).id
        let times: [Int64] = [5, 6, 3, 3, 9, 8, 8, 20]
        let users = try times.enumerated().map { number, time in
            let fields = [
                #"{"name":"a","customers":[{"customer":7,"role":"ADMIN"},{"customer":1,"role":"MEMBER"}]}"#,
                #"{"name":"\"customers\":[","metadata":{"customers":[{"customer":1,"role":"MEMBER"}]}}"#,
                #"{"name":"b"}"#,
            ]
            return try store.create(vendor: connect, fields: fields[number % 3], now: time).id
        }
        try store.create(vendor: connect, in: "other")
        _ = try store.kept { batch in try batch.delete(users[7], claims: []) }
        store.close()
        try Database.run(
            folder.file(),
            "\(Self.laterTablesDropped); PRAGMA user_version = 1")
        let again = try UserStore(at: .file(folder.file()))
        #expect(try part(again, of: connect, offset: 5, limit: 9) == (7, [6, 7]))
        #expect(try part(again, of: connect, in: "other", offset: 0, limit: 9) == (1, [1]))
        try again.kept { batch throws in
            #expect(try batch.allMembers(of: group).map(\.ordinal) == [1, 4, 7])
            #expect(try batch.countMembers(of: group) == 3)
            #expect(try batch.members(of: group, among: connect, offset: 1, limit: 9).map(\.id.ordinal) == [4, 7])
            #expect(try batch.clockStep(after: users[0])?.ordinal == 3)
            #expect(try batch.clockStep(after: users[2])?.ordinal == 6)
            #expect(try batch.clockStep(after: users[5]) == nil)
        }
    }

    @Test(arguments: ListSQL.all)
    func `no list walks over a table`(sql: String) throws {
        try UserStore(at: .file(folder.file())).close()
        let database = try Database(path: folder.file(), busyTimeout: 0)
        var plan: [String] = []
        var statement = Statement("EXPLAIN QUERY PLAN \(sql)", in: database)
        try statement.each { row in plan.append(row.text(3)) }
        #expect(!plan.isEmpty)
        #expect(
            !plan.contains { $0.contains("SCAN") && $0 != "SCAN CONSTANT ROW" || $0.contains("TEMP B-TREE") }, "\(plan)"
        )
    }
}

/// Random numbers that a seed repeats: SplitMix64.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
