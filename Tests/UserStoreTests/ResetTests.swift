import Testing
import UserStore

struct ResetTests {
    let store = try! UserStore(at: .memory)

    func fill(_ sandbox: String) throws {
        try store.kept { batch in
            let user = try batch.create(["a"], in: sandbox)
            let box = user.id.sandbox
            _ = try batch.delete(try batch.create(["b"], in: sandbox).id, claims: [Claim(kind: email, value: "b")])
            try batch.recordEvent(
                "user_created", vendor: seam, in: box, user: user.id, data: Array("{}".utf8), now: 7, request: 8)
            let record = IdempotencyRecord(
                key: "k", fingerprint: [], target: "", status: 201, fields: [], body: [], user: user.id, createdAt: 0,
                request: 8)
            #expect(try batch.recordIdempotency(record, vendor: seam, in: box) == nil)
        }
    }

    @Test func `a reset empties its sandbox, leaves the others, and ordinals begin anew`() throws {
        for sandbox in ["one", "two", "three"] { try fill(sandbox) }
        try store.outside { batch in try batch.reset(try #require(try batch.sandbox(named: "two"))) }
        try fill("two")
        try store.kept { batch in
            let two = try #require(try batch.sandbox(named: "two"))
            #expect(two.rawValue == 2)
            #expect(try batch.users(of: seam, in: two, limit: 9).map(\.id.ordinal) == [1])
            #expect(try batch.events(in: two, limit: 9).map(\.number) == [1])
        }
        #expect(conflict { try store.create("a", in: "one") } != nil)
        #expect(conflict { try store.create("a", in: "three") } != nil)
    }

    @Test func `a whole reset empties every sandbox`() throws {
        for sandbox in ["one", "two"] { try fill(sandbox) }
        try store.outside { batch in try batch.resetAll() }
        for sandbox in ["one", "two"] { try fill(sandbox) }
    }

    @Test func `an id that a refused request has lost before a reset is given out after it`() throws {
        _ = try? store.kept { batch in
            _ = try batch.create(["a"], in: "one")
            throw Undone()
        }
        try store.create("b", in: "one")
        try store.outside { batch in try batch.resetAll() }
        #expect(try store.create("c", in: "one").id.ordinal == 1)
    }

    @Test func `events come back in order, of all vendors, from where one left off`() throws {
        try store.kept { batch in
            let box = try batch.openSandbox(named: "default", now: 0)
            for (number, vendor) in [seam, sensay, seam].enumerated() {
                let data = Array("{\"n\":\(number)}".utf8)
                let event = try batch.recordEvent(
                    "user_created", vendor: vendor, in: box, user: nil, data: data, now: 10, request: 20)
                #expect(event.number == Int64(number + 1))
            }
            let rest = try batch.events(in: box, after: 1, limit: 9)
            #expect(rest.map(\.vendor) == [sensay, seam])
            #expect(rest.map(\.data) == [Array("{\"n\":1}".utf8), Array("{\"n\":2}".utf8)])
            #expect(rest.first?.createdAt == 10 && rest.first?.request == 20 && rest.first?.user == nil)
        }
    }
}
