import Synchronization
import Testing
import UserStore

struct EventTests {
    let store: UserStore

    init() throws {
        store = try UserStore(at: .memory)
    }

    /// Keeps what an observer is told, and stops listening after so many calls.
    private final class Listener: Sendable {
        private let told = Told()
        let patience: Int

        init(patience: Int = .max) {
            self.patience = patience
        }

        var names: [[String]] { told.all }

        func listen(to store: UserStore) {
            _ = store.batch { batch in
                batch.observeEvents { [told, patience] events in
                    told.add(events.map { "\($0.sandbox) \($0.event.number) \($0.event.name)" })
                    return told.all.count < patience
                }
            }
        }
    }

    private func record(_ name: String, in sandbox: String = "default", request: Int64 = 1) throws {
        try store.kept { batch in try Self.record(name, in: sandbox, request: request, &batch) }
    }

    private static func record(
        _ name: String, in sandbox: String = "default", request: Int64 = 1, _ batch: inout Batch
    ) throws {
        try batch.recordEvent(
            name, vendor: seam, in: try batch.openSandbox(named: sandbox, now: 1), user: nil, data: Array("{}".utf8),
            now: 1, request: request)
    }

    @Test func `an observer hears of a batch's events once, in order, with their sandboxes`() throws {
        let listener = Listener()
        try record("before")
        listener.listen(to: store)
        _ = store.batch { batch in
            for (name, sandbox) in [("a", "default"), ("b", "two"), ("c", "default")] {
                _ = batch.request { batch in Result { try Self.record(name, in: sandbox, &batch) } }
            }
        }
        try record("d")
        try store.create("a@b.co")
        #expect(listener.names == [["default 2 a", "two 1 b", "default 3 c"], ["default 4 d"]])
    }

    @Test(arguments: [false, true])
    func `it hears nothing of a request that was undone`(afterChanging: Bool) throws {
        let listener = Listener()
        listener.listen(to: store)
        try record("first")
        _ = store.batch { batch in
            _ = Result {
                try batch.request { batch throws in
                    if afterChanging { try Self.record("in a new sandbox", in: "new", &batch) }
                    try Self.record("undone", &batch)
                    throw Undone()
                }
            }
            _ = batch.request { batch in Result { try Self.record("kept", &batch) } }
        }
        #expect(listener.names.map { $0.map { $0.split(separator: " ")[2] } } == [["first"], ["kept"]])
    }

    @Test func `it is asked no more when it has had enough`() throws {
        let listener = Listener(patience: 2)
        listener.listen(to: store)
        for name in ["a", "b", "c"] { try record(name) }
        #expect(listener.names.map(\.count) == [1, 1])
    }

    @Test func `events after a request are found among many`() throws {
        for request in 1...100 where request % 3 != 0 {
            try record("a", request: Int64(request))
            try record("b", request: Int64(request))
            try record("c", in: "two", request: Int64(request))
        }
        try store.kept { batch in
            let sandbox = try #require(try batch.sandbox(named: "default"))
            for request in 0...101 {
                let events = try batch.events(in: sandbox, afterRequest: Int64(request), limit: 3)
                let next = try batch.events(in: sandbox, limit: 1000).first { $0.request > request }
                #expect(events.first == next)
                #expect(events.allSatisfy { $0.request > request })
            }
            #expect(try batch.events(in: sandbox, afterRequest: 98, limit: 9).map(\.name) == ["a", "b"])
        }
    }
}

/// What an observer was told, which any thread may add to.
private final class Told: Sendable {
    private let notes = Mutex<[[String]]>([])

    var all: [[String]] { notes.withLock { $0 } }

    func add(_ names: [String]) { notes.withLock { $0.append(names) } }
}
