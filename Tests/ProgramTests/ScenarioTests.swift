import Foundation
import Testing

/// A test as a user of Understudy writes one: a program signs people up at four vendors, and everything that a control
/// plane is for is used on the way, on one store.
@Suite("An integration test from seed to reset")
struct ScenarioTests {
    private static let seed = """
        {"sandboxes": {
          "signup": {
            "sensay": [{"id": "ada", "name": "Ada", "email": "ada@example.com"}],
            "connect": [{"name": "Ada", "email": "ada@example.com"}],
            "seam": [{"email_address": "ada@example.com"}],
            "pulse": [{"email": "ada@example.com", "accountId": "2311"}]},
          "other": {"seam": [{"email_address": "ada@example.com"}]}}}
        """

    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try Data(Self.seed.utf8).write(to: URL(fileURLWithPath: folder.file("users.json")))
    }

    private func start() throws -> RunningServer {
        try RunningServer(["--seed", "users.json"], in: folder, database: "store.sqlite")
    }

    @Test("a lost answer, a retry with the same key, a day, a restart, and back to the beginning")
    func scenario() throws {
        var signup = Signup(server: try start())
        // The seed is there before the first request, and nobody but the seed's people.
        #expect(try signup.missing("ada@example.com") == [])
        #expect(try signup.missing("grace@example.com") == ["sensay", "connect", "seam", "pulse"])
        let seeded = try signup.ids()
        #expect(seeded.count == 4)
        #expect(try signup.admin("POST", "/snapshots/seeded?sandbox=signup").status == 201)

        let grace = try lostAnswer(signup)
        let later = try aDayLater(signup, after: grace)
        try differences(signup, since: seeded)

        // What is kept outlasts the process: users, keys and snapshots. The seed is for empty sandboxes alone.
        let kept = try signup.ids()
        #expect(signup.server.stop() == 0)
        signup = Signup(server: try start())
        #expect(try signup.ids() == kept)
        #expect(try signup.createAtConnect().json["userId"] as? String == later)
        try differences(signup, since: seeded)

        // Everything is as after the seed: the key is free again, and its user gets the id that it got then.
        #expect(try signup.admin("POST", "/snapshots/seeded/restore").status == 204)
        #expect(try signup.ids() == seeded)
        #expect(try signup.counts() == ["added": 0, "changed": 0, "removed": 0])
        #expect(try signup.createAtConnect().json["userId"] as? String == grace)

        // One sandbox alone is emptied; the same seed makes the same users, because ids begin again.
        #expect(try signup.admin("POST", "/reset?sandbox=signup").status == 204)
        #expect(try signup.ids() == [])
        #expect(try signup.list("/idempotency", "keys").isEmpty)
        #expect(try signup.server.ask("GET", "/__admin/users?sandbox=other").json["users"].map(Self.count) == 1)
        #expect(try signup.admin("POST", "/seed", body: Self.seed).status == 200)
        #expect(try signup.ids() == seeded)
        #expect(signup.server.stop() == 0)
    }

    /// Two of four vendors fail Grace, one of them after it has made her; her client tries again.
    ///
    /// - Returns: her id at Connect.
    private func lostAnswer(_ signup: Signup) throws -> String {
        let lost = #""operation":"POST /users","phase":"after","answer":"dropped","times":1"#
        #expect(try signup.arm(#"{"vendor":"connect","sandbox":"signup",\#(lost)}"#) == "fault_1")
        let down = #""status":503,"match":{"email":"grace@example.com"},"times":1"#
        #expect(try signup.arm(#"{"vendor":"pulse","sandbox":"signup",\#(down)}"#) == "fault_2")
        #expect(try signup.createAtSensay().status == 200)
        #expect(try signup.createAtSeam().status == 200)
        #expect(throws: Broken.self) { try signup.createAtConnect() }
        let refused = try signup.createAtPulse()
        #expect(refused.status == 503 && refused["x-understudy-fault"] == "fault_2")
        // Connect made her before the answer was lost; only Pulse does not know her.
        #expect(try signup.missing("grace@example.com") == ["pulse"])

        // A client that heard nothing tries again with the same key, and gets the answer that it missed.
        let again = try signup.createAtConnect()
        let id = try #require(again.json["userId"] as? String)
        #expect(again.status == 201)
        #expect(try signup.createAtPulse().status == 201)
        #expect(try signup.missing("grace@example.com") == [])
        #expect(try signup.ids("connect").count == 2 && signup.ids("connect").contains(id))
        #expect(try signup.list("/faults", "faults").map { $0["hits"] as? Int } == [1, 1])

        // Both of its tries came, and the journal knows the second for a repetition of the first.
        let creations = "/verify?sandbox=signup&vendor=connect&operation=POST%20/users"
        #expect(try signup.server.ask("GET", "/__admin\(creations)&times=2&wait=1m").status == 200)
        let missed = try signup.server.ask("GET", "/__admin\(creations)&times=1")
        #expect(missed.status == 417 && missed.json["count"] as? Int == 2)
        let request = try #require(again["x-understudy-request-id"])
        let why = try signup.server.ask("GET", "/__admin/requests/\(request)/explain").json
        #expect((why["idempotency"] as? [String: Any])?["outcome"] as? String == "replayed")
        let keys = try signup.list("/idempotency", "keys")
        #expect(keys.map { $0["key"] as? String } == ["grace"] && keys.map { $0["hits"] as? Int } == [1])
        let earlier = (why["bodies"] as? [String: Any])?["earlier"] as? [String: Any]
        #expect(try #require(earlier?["id"] as? String) == keys.first?["first_request"] as? String)
        return id
    }

    /// Connect keeps a key for 24 hours, by the clock of the sandbox.
    ///
    /// - Returns: the id of whoever the key makes then.
    private func aDayLater(_ signup: Signup, after id: String) throws -> String {
        #expect(try signup.advance("23h") == 200)
        #expect(try signup.createAtConnect().json["userId"] as? String == id)
        #expect(try signup.advance("1h") == 200)
        let fresh = try signup.createAtConnect()
        let later = try #require(fresh.json["userId"] as? String)
        #expect(fresh.status == 201 && later != id)
        #expect(try signup.ids("connect").count == 3)
        // No other sandbox has waited with it.
        #expect(try signup.server.ask("GET", "/__admin/clock?sandbox=other").json["moved"] as? Bool == false)
        #expect(try signup.admin("GET", "/clock").json["moved"] as? Bool == true)
        return later
    }

    /// The difference to the snapshot is who came since: Grace everywhere, and once more at Connect.
    private func differences(_ signup: Signup, since seeded: [String]) throws {
        #expect(try signup.counts() == ["added": 5, "changed": 0, "removed": 0])
        let added = try signup.list("/snapshots/seeded/diff", "added")
        #expect(added.compactMap { $0["id"] as? String }.sorted() == (try signup.ids()).filter { !seeded.contains($0) })
        #expect(added.allSatisfy { $0["email"] as? String == "grace@example.com" })
        let vendors = added.compactMap { $0["vendor"] as? String }.sorted()
        #expect(vendors == ["connect", "connect", "pulse", "seam", "sensay"])
    }

    private static func count(_ list: Any) -> Int { (list as? [Any])?.count ?? 0 }
}
