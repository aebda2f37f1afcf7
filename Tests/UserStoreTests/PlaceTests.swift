import Testing
import UserStore

@Suite("Users at chosen ordinals")
struct PlaceTests {
    @Test("lists and counts stay right where ordinals are chosen, passed over, filled and undone")
    func chosenOrdinals() throws {
        let store = try UserStore(at: .memory)
        defer { store.close() }
        let vendor = VendorNumber(rawValue: 3)
        var expected: [Int64] = []
        func put(_ ordinal: Int64?, now: Int64 = 1000, undo: Bool = false) throws {
            struct Undone: Error {}
            let made = store.batch { batch in
                Result { () throws -> Int64 in
                    try batch.request { batch in
                        let sandbox = try batch.openSandbox(named: "default", now: 0)
                        let next = try batch.nextUserID(of: vendor, in: sandbox)
                        let id = ordinal.map { UserID(sandbox: sandbox, vendor: vendor, ordinal: $0) } ?? next
                        let user = NewUser(id: id, claims: [], fields: Array("{}".utf8))
                        if ordinal == nil {
                            _ = try batch.create(user, now: now, request: 1)
                        } else {
                            _ = try batch.place(user, now: now, request: 1)
                        }
                        if undo { throw Undone() }
                        return id.ordinal
                    }
                }
            }.result
            if undo { #expect(throws: Undone.self) { try made.get() } } else { expected.append(try made.get()) }
        }
        func check() throws {
            try store.batch { batch in
                Result { () throws in
                    guard let sandbox = try batch.sandbox(named: "default") else { return }
                    #expect(try batch.countUsers(of: vendor, in: sandbox) == expected.count)
                    for (offset, ordinal) in expected.sorted().enumerated() {
                        let page = try batch.users(of: vendor, in: sandbox, offset: offset, limit: 1)
                        #expect(page.map(\.id.ordinal) == [ordinal])
                    }
                    #expect(try batch.users(of: vendor, in: sandbox, offset: expected.count, limit: 1).isEmpty)
                }
            }.result.get()
        }
        try put(nil)
        try put(5000, undo: true)
        try check()
        for ordinal: Int64? in [5000, nil, 17, 1024, 1025, 1026, nil, 2, 1_000_000, 999_999, 4999, nil] {
            try put(ordinal, now: Int64(expected.count) * 1000)
            try put(ordinal == nil ? 700_000 : 3, undo: true)
            try check()
        }
        #expect(expected.last == 1_000_001)
    }

    @Test("one who comes between others who were created before is where the clock was set back")
    func chosenSteps() throws {
        let store = try UserStore(at: .memory)
        defer { store.close() }
        let vendor = VendorNumber(rawValue: 3)
        try store.batch { batch in
            Result { () throws in
                try batch.request { batch in
                    let sandbox = try batch.openSandbox(named: "default", now: 0)
                    func id(_ ordinal: Int64) -> UserID { UserID(sandbox: sandbox, vendor: vendor, ordinal: ordinal) }
                    for (ordinal, now): (Int64, Int64) in [(10, 1000), (20, 2000), (15, 3000), (12, 500)] {
                        let user = NewUser(id: id(ordinal), claims: [], fields: Array("{}".utf8))
                        _ = try batch.place(user, now: now, request: 1)
                    }
                    #expect(try batch.clockStep(after: id(10)) == id(12))
                    #expect(try batch.clockStep(after: id(15)) == id(20))
                    #expect(try batch.clockStep(after: id(20)) == nil)
                    let next = try batch.nextUserID(of: vendor, in: sandbox)
                    _ = try batch.create(NewUser(id: next, claims: [], fields: Array("{}".utf8)), now: 1900, request: 1)
                    #expect(try batch.clockStep(after: id(20)) == id(21))
                }
            }
        }.result.get()
    }
}
