import Foundation
import Testing
import Understudy

@Suite struct OptionTests {
    @Test func `a database outlives its server`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("understudy-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var options = Understudy.Options()
        options.database = folder.appendingPathComponent("store.sqlite").path
        for status in [201, 409] {
            let server = try Understudy.start(options)
            #expect(try await server.createAtPulse("ada@example.com").status == status)
            server.stop()
        }
    }

    @Test(arguments: Understudy.Vendor.allCases)
    func `each vendor is opened by its own credential alone`(vendor: Understudy.Vendor) async throws {
        var options = Understudy.Options()
        options.sensaySecret = "s1"
        options.connectKey = "c1"
        options.seamKey = "seam_1"
        options.pulseToken = "p1"
        let server = try Understudy.start(options)
        let usual = try Understudy.start()
        for (credential, isRight) in [
            (server.credential(of: vendor), true), (server.credential(of: vendor, sandbox: "mine"), true),
            (usual.credential(of: vendor), false),
        ] {
            let (path, fields) = Self.reading(vendor, credential)
            let answer = try await server.ask("GET", server.url(of: vendor) + path, fields)
            #expect((answer.status != 401) == isRight, "\(credential): \(answer.text)")
        }
    }

    /// A request that needs nobody to be there.
    private static func reading(_ vendor: Understudy.Vendor, _ credential: String) -> (String, [String: String]) {
        switch vendor {
        case .sensay: ("/v1/users/nobody", ["X-ORGANIZATION-SECRET": credential])
        case .connect: ("/users", ["X-API-Key": credential])
        case .seam: ("/user_identities/list", ["Authorization": "Bearer \(credential)"])
        case .pulse: ("/users", ["Authorization": "Bearer \(credential)", "x-account-id": "2311"])
        }
    }

    @Test func `Sensay's newest schema is served where it is asked for`() async throws {
        for (schema, success) in [(Understudy.SensaySchema.seed, nil), (.newest, "1")] {
            var options = Understudy.Options()
            options.sensaySchema = schema
            let server = try Understudy.start(options)
            let answer = try await server.ask(
                "POST", server.url(of: .sensay) + "/v1/users",
                ["X-ORGANIZATION-SECRET": server.credential(of: .sensay), "Content-Type": "application/json"], "{}")
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(#"{"success":true,"#) == (success != nil))
        }
    }

    @Test func `the seed's users are there from the start, and a wrong one is refused with its place`() async throws {
        var options = Understudy.Options()
        let ada = #"{"email":"ada@example.com","accountId":"2311"}"#
        options.seed = #"{"sandboxes":{"mine":{"pulse":[\#(ada)]}}}"#
        let server = try Understudy.start(options)
        #expect(try await server.createAtPulse("ADA@example.com", sandbox: "mine").status == 409)
        #expect(try await server.createAtPulse("ada@example.com").status == 201)
        options.seed = #"{"sandboxes":{"mine":{"pulse":[\#(ada),\#(ada)]}}}"#
        let clash = #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
        #expect(
            clash?.description.hasPrefix("the seed: sandboxes.mine.pulse[1]") == true, "\(String(describing: clash))")
        options.seed = "{"
        let broken = #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
        #expect(broken?.description.hasPrefix("the seed: ") == true)
    }

    @Test func `what means nothing is refused in words`() throws {
        for (change, words) in [
            ({ $0.port = 65_536 }, "port is a number from 0 to 65535, not 65536"),
            ({ $0.time = "noon" }, "time is a time such as 2026-01-31T12:00:00.000Z, not 'noon'"),
            ({ $0.seamKey = "two words" }, "seamKey is printable ASCII without blanks, not 'two words'"),
            ({ $0.connectKey = "" }, "connectKey is printable ASCII without blanks, not ''"),
        ] as [((inout Understudy.Options) -> Void, String)] {
            var options = Understudy.Options()
            change(&options)
            let failure = #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
            #expect(failure?.description == words)
        }
    }

    @Test func `a port that is taken, and a database that cannot be, are failures`() throws {
        let server = try Understudy.start()
        var options = Understudy.Options()
        options.port = server.port
        let taken = #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
        #expect(taken?.description == "cannot listen on 127.0.0.1 port \(server.port): Address already in use")
        options.port = 0
        options.database = "/no/such/folder/store.sqlite"
        let missing = #expect(throws: Understudy.Failure.self) { try Understudy.start(options) }
        #expect(missing?.description.hasPrefix("/no/such/folder/store.sqlite: ") == true)
    }
}
