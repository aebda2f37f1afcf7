import Foundation
import Testing
import UserStore

@Suite("The memory that snapshots take")
struct SnapshotMemoryTests {
    @Test("is bounded, however much is saved, brought back or emptied")
    func bounded() throws {
        let folder = try ScratchFolder()
        try Self.fill(folder.file("store.sqlite"))
        let server = try RunningServer(in: folder, database: "store.sqlite")
        let before = try Self.peak(of: server)
        for step in [
            "snapshots/s", "snapshots/s?replace=true", "snapshots/s/restore", "reset?sandbox=default",
            "snapshots/s/restore?sandbox=default", "snapshots/s?replace=true&sandbox=default", "reset",
        ] {
            #expect(try [201, 204].contains(server.ask("POST", "/__admin/" + step).status), "\(step)")
            // The cache, and what the allocator and one batch of claims take beside it.
            #expect(try Self.peak(of: server) - before < 24 << 10, "\(step)")
        }
    }

    /// Writes 60 MB of users, one to a page.
    private static func fill(_ file: String) throws {
        let store = try UserStore(at: .file(file))
        let fields = Array((#"{"full_name":""# + String(repeating: "x", count: 3_000) + #""}"#).utf8)
        for _ in 0..<20 {
            let (result, failure) = store.batch { batch in
                Result {
                    try batch.request { batch throws in
                        let box = try batch.openSandbox(named: "default", now: 0)
                        for _ in 0..<1_000 {
                            let id = try batch.nextUserID(of: VendorNumber(rawValue: 3), in: box)
                            let user = NewUser(id: id, claims: [], fields: fields)
                            _ = try batch.create(user, now: 1_000, request: 1)
                        }
                    }
                }
            }
            try result.get()
            #expect(failure == nil)
        }
        store.close()
    }

    /// The most KiB that the process ever had (proc_pid_status(5)).
    private static func peak(of server: RunningServer) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(server.pid)/status", encoding: .utf8)
        return Int(try #require(status.firstMatch(of: /VmHWM:\s+(\d+)/)).1) ?? 0
    }
}
