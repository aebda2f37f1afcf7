import Testing
import UserStore

struct UserTests {
    let store = try! UserStore(at: .memory)

    @Test func `an id is its sandbox, vendor and ordinal, and back`() throws {
        let first = try store.create("a", vendor: sensay, in: "one").id
        let other = try store.create("a", vendor: seam, in: "two").id
        #expect((first.sandbox.rawValue, first.vendor, first.ordinal) == (1, sensay, 1))
        #expect((other.sandbox.rawValue, other.vendor, other.ordinal) == (2, seam, 1))
        let id = UserID(sandbox: first.sandbox, vendor: sensay, ordinal: 1)
        #expect(id == first && UserID(rawValue: id.rawValue) == first)
        let highest = UserID(
            sandbox: SandboxID(rawValue: 1_048_575), vendor: VendorNumber(rawValue: 7), ordinal: (1 << 40) - 1)
        #expect(highest.rawValue == Int64.max)
    }

    @Test func `a user comes back as it was stored`() throws {
        let fields = "{\"name\":\"e\u{301} \u{E9} \0\",\"big\":12345678901234567890.10}"
        let user = try store.create("a", fields: fields, now: 1_234, request: 56)
        #expect(user.fields == Array(fields.utf8))
        #expect((user.createdAt, user.updatedAt, user.request) == (1_234, 1_234, 56))
        #expect(try store.kept { batch in try batch.user(user.id) } == user)
        let missing = UserID(rawValue: user.id.rawValue + 1)
        #expect(try store.kept { batch in try batch.user(missing) } == nil)
    }

    @Test func `replacing keeps the claims in both lists, frees the dropped and takes the new ones`() throws {
        func claims(_ values: String...) -> [Claim] { values.map { Claim(kind: email, value: $0) } }
        let user = try store.create("keep", "drop", now: 1, request: 5)
        let other = try store.create("other")
        let replaced = try store.kept { batch in
            try batch.replace(
                user.id, claims: claims("keep", "drop"), with: claims("new", "keep"), fields: Array("2".utf8), now: 9,
                request: 6)
        }
        #expect(
            replaced
                == StoredUser(id: user.id, fields: Array("2".utf8), createdAt: 1, updatedAt: 9, request: 5))
        #expect(conflict { try store.create("keep") }?.request == 5)
        #expect(conflict { try store.create("new") }?.request == 6)
        try store.create("drop")
        let clash = conflict {
            _ = try store.kept { batch in
                try batch.replace(
                    user.id, claims: claims("new", "keep"), with: claims("other"), fields: [], now: 10, request: 7)
            }
        }
        #expect(clash?.owner == other.id)
        #expect(conflict { try store.create("new") } != nil)
    }

    @Test(arguments: [["keep", "new", "new"], ["keep", "keep"]])
    func `a claim that stands in a replacement twice clashes with the user itself`(values: [String]) throws {
        let user = try store.create("keep", "drop")
        let old = ["keep", "drop"].map { Claim(kind: email, value: $0) }
        let new = values.map { Claim(kind: email, value: $0) }
        let clash = conflict {
            _ = try store.kept { batch in
                try batch.replace(user.id, claims: old, with: new, fields: [], now: 10, request: 7)
            }
        }
        #expect(clash?.owner == user.id)
        #expect(conflict { try store.create("drop") }?.owner == user.id)
    }

    @Test func `twenty thousand claims are replaced in time that grows with their number`() throws {
        let old = (0..<20_000).map { Claim(kind: email, value: "old-\($0)") }
        let new = (0..<20_000).map { Claim(kind: email, value: $0 < 10_000 ? "old-\($0)" : "new-\($0)") }
        let user = try store.create("a")
        #expect(
            try store.kept { batch in
                _ = try batch.replace(
                    user.id, claims: [Claim(kind: email, value: "a")], with: old, fields: [], now: 1, request: 1)
                return try batch.replace(user.id, claims: old, with: new, fields: [], now: 2, request: 2)
            } != nil)
        #expect(conflict { try store.create("new-19999") }?.owner == user.id)
        try store.create("old-19999")
    }

    @Test func `replacing nobody keeps nothing`() throws {
        let sandbox = try store.create("a").id.sandbox
        let nobody = UserID(sandbox: sandbox, vendor: seam, ordinal: 99)
        let result = try store.kept { batch in
            try batch.replace(
                nobody, claims: [], with: [Claim(kind: email, value: "b")], fields: [], now: 1, request: 1)
        }
        #expect(result == nil)
        try store.create("b")
    }

    @Test func `deleting frees every claim at once`() throws {
        let user = try store.create("a", "b")
        let claims = ["a", "b"].map { Claim(kind: email, value: $0) }
        #expect(try store.kept { batch in try batch.delete(user.id, claims: claims) })
        #expect(try !store.kept { batch in try batch.delete(user.id, claims: claims) })
        try store.create("b", "a")
    }

    @Test func `somebody else's claim is not freed by deleting`() throws {
        try store.create("a")
        let user = try store.create("b")
        _ = try store.kept { batch in try batch.delete(user.id, claims: [Claim(kind: email, value: "a")]) }
        #expect(conflict { try store.create("a") } != nil)
    }

    @Test func `pages go through one vendor's users in order`() throws {
        for number in 1...5 {
            try store.create("\(number)")
            try store.create("\(number)", vendor: sensay)
            try store.create("\(number)", in: "other")
        }
        try store.kept { batch in
            let sandbox = try #require(try batch.sandbox(named: "default"))
            var seen: [Int64] = []
            var last: UserID?
            while true {
                let page = try batch.users(of: seam, in: sandbox, after: last, limit: 2)
                guard let end = page.last else { break }
                seen += page.map(\.id.ordinal)
                last = end.id
            }
            #expect(seen == [1, 2, 3, 4, 5])
        }
    }

    @Test func `a refused user leaves no gap, and an id asked for twice is the same`() throws {
        try store.create("a")
        _ = conflict { try store.create("a") }
        try store.kept { batch in
            let sandbox = try batch.openSandbox(named: "default", now: 0)
            let id = try batch.nextUserID(of: seam, in: sandbox)
            #expect(try batch.nextUserID(of: seam, in: sandbox) == id)
            #expect(id.ordinal == 2)
        }
        #expect(try store.create("b").id.ordinal == 2)
    }
}
