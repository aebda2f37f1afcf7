import Testing
import UserStore

struct ComparisonTests {
    let store = try! UserStore(at: .memory)

    func save(_ name: String, of sandbox: String? = nil) throws -> Snapshot {
        try store.outside { batch in try batch.saveSnapshot(named: name, of: sandbox, counting: [seam], now: 5) }
    }

    func differences(
        _ from: Snapshot, _ to: Snapshot? = nil, vendors: [VendorNumber] = [sensay, seam], in sandbox: String? = nil,
        offset: Int = 0, limit: Int = 99, bytes: Int = 1 << 20
    ) throws -> [String] {
        try store.kept { batch in
            let box = try sandbox.flatMap { try batch.sandbox(named: $0) }
            let comparison = Comparison(of: from, with: to, vendors: vendors, in: box)
            let all = try batch.differences(comparison, offset: 0, limit: 99, bytes: 1 << 20)
            #expect(all.added == all.users.count { $0.change == .added })
            #expect(all.changed == all.users.count { $0.change == .changed })
            #expect(all.removed == all.users.count { $0.change == .removed })
            let page = try batch.differences(comparison, offset: offset, limit: limit, bytes: bytes)
            #expect(page.added == all.added && page.changed == all.changed && page.removed == all.removed)
            return page.users.map { difference in
                let id = difference.after?.id ?? difference.before?.id
                #expect((difference.before == nil) == (difference.change == .added))
                #expect((difference.after == nil) == (difference.change == .removed))
                return "\(difference.change) \(id?.sandbox.rawValue ?? 0)/\(id?.ordinal ?? 0)"
            }
        }
    }

    func change(_ user: StoredUser, _ fields: String = #"{"n":2}"#, now: Int64 = 2) throws {
        try store.kept { batch in
            _ = try batch.replace(user.id, claims: [], with: [], fields: Array(fields.utf8), now: now, request: 9)
        }
    }

    func remove(_ user: StoredUser) throws {
        try store.kept { batch in _ = try batch.delete(user.id, claims: []) }
    }

    @Test func `users are added, changed and removed, in the order of their ids`() throws {
        let users = try ["a", "b", "c"].map { try store.create($0, in: "one") }
        try store.create("a", in: "two")
        let before = try save("before")
        #expect(try differences(before).isEmpty)
        try change(users[0])
        try remove(users[1])
        try store.create("d", in: "one")
        try store.create("b", in: "two")
        let expected = ["changed 1/1", "removed 1/2", "added 1/4", "added 2/2"]
        #expect(try differences(before) == expected)
        let after = try save("after")
        try store.outside { batch in try batch.resetAll() }
        #expect(try differences(before, after) == expected)
        #expect(
            try differences(after, before) == ["changed 1/1", "added 1/2", "removed 1/4", "removed 2/2"])
        #expect(try differences(before, after, in: "two") == ["added 2/2"])
        #expect(try differences(before, after, vendors: [sensay]).isEmpty)
        #expect(try differences(before, after, offset: 1, limit: 2) == ["removed 1/2", "added 1/4"])
        #expect(try differences(before, after, bytes: 1) == ["changed 1/1"])
        #expect(try differences(before, after, offset: 4).isEmpty)
    }

    @Test func `a user is the same while the same request made it`() throws {
        let user = try store.create("a", request: 1)
        try store.create("b", request: 2)
        let before = try save("before")
        try store.outside { batch in try batch.resetAll() }
        try store.create("a", request: 1)
        try store.create("b", request: 3)
        #expect(try differences(before) == ["added 1/2", "removed 1/2"])
        try change(user, "{}", now: 1_000)
        #expect(try differences(before) == ["added 1/2", "removed 1/2"])
        try change(user, "{}", now: 1_001)
        #expect(try differences(before) == ["changed 1/1", "added 1/2", "removed 1/2"])
    }

    @Test func `a snapshot of one sandbox is compared with that alone`() throws {
        try store.create("a", in: "one")
        try store.create("a", in: "two")
        let one = try save("one", of: "one")
        let all = try save("all")
        try store.create("b", in: "two")
        #expect(try differences(one).isEmpty)
        #expect(try differences(all, one).isEmpty)
        #expect(try differences(all) == ["added 2/2"])
    }
}
