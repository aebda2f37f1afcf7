import Testing
import UserStore

struct UniquenessTests {
    let store = try! UserStore(at: .memory)

    @Test func `a claim is unique within its sandbox, vendor and kind, and nowhere else`() throws {
        try store.create("a@b.c")
        #expect(conflict { try store.create("a@b.c") } != nil)
        try store.create("a@b.c", in: "other")
        try store.create("a@b.c", vendor: sensay)
        try store.create("a@b.c", kind: phone)
        try store.create("A@b.c")
    }

    @Test func `a conflict names the first claim that is taken, its owner and its request`() throws {
        try store.create("one", request: 10)
        let second = try store.create("two", request: 11)
        let third = try store.create("three", request: 12)
        let found = conflict { try store.create("free", "three", "two", request: 13) }
        #expect(found == ClaimConflict(claim: Claim(kind: email, value: "three"), owner: third.id, request: 12))
        let other = conflict { try store.create("two", "three", request: 14) }
        #expect(other == ClaimConflict(claim: Claim(kind: email, value: "two"), owner: second.id, request: 11))
        try store.create("free")
    }

    @Test func `a user that claims a value twice conflicts with itself`() throws {
        let found = try #require(conflict { try store.create("x", "x", request: 7) })
        #expect(found.request == 7 && found.owner.ordinal == 1)
        #expect(try store.create("x").id == found.owner)
    }

    @Test(arguments: [("a\0b", "a\0c"), ("a\0", "a"), ("caf\u{E9}", "cafe\u{301}"), ("", "\0")])
    func `values are compared by their bytes`(left: String, right: String) throws {
        let first = try store.create(left, fields: "{\"v\":\"\(left)\"}")
        let second = try store.create(right)
        #expect(first.id != second.id)
        #expect(conflict { try store.create(left) }?.owner == first.id)
        #expect(conflict { try store.create(right) }?.owner == second.id)
        let read = try store.kept { batch in try batch.user(first.id) }
        #expect(read?.fields == Array("{\"v\":\"\(left)\"}".utf8))
    }
}
