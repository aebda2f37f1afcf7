import Foundation
import Testing

@Suite("The file of a seed")
struct SeedFileTests {
    private static let good = #"{"sandboxes": {"default": {"seam": [{"email_address": "a@b.co"}]}}}"#
    private static let clash =
        #"{"sandboxes": {"default": {"seam": [{"email_address": "a@b.co"}, {"email_address": "a@b.co"}, {"full_name": 1}]}}}"#

    private func folder(_ name: String, _ text: String) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file(name)))
        return folder
    }

    private func create(at server: RunningServer) throws -> Int {
        try server.ask(
            "POST", "/seam/user_identities/create",
            [("Authorization", "Bearer seam_test_key"), ("Content-Type", "application/json")],
            body: #"{"email_address":"a@b.co"}"#
        ).status
    }

    @Test("serve begins with the users of --seed")
    func named() throws {
        let server = try RunningServer(["--seed", "users.json"], in: folder("users.json", Self.good))
        #expect(try create(at: server) == 409)
    }

    @Test("serve finds understudy.json in the current folder, unless another file is named")
    func found() throws {
        let folder = try folder("understudy.json", Self.good)
        #expect(try create(at: RunningServer(in: folder)) == 409)
        try Data(#"{"sandboxes": {}}"#.utf8).write(to: URL(fileURLWithPath: folder.file("none.json")))
        #expect(try create(at: RunningServer(["--seed", "none.json"], in: folder)) == 200)
    }

    @Test(
        "a broken seed ends the start with the file and the place, and nothing listens",
        arguments: [
            (
                "{\n",
                "understudy: understudy.json: not JSON: the end of the text inside a value, at line 2, column 1\n"
            ),
            (#"{"sandboxes": {"default": {"seam": [1]}}}"#, "understudy: understudy.json: sandboxes.default.seam[0]: "),
            (
                clash,
                "understudy: understudy.json: sandboxes.default.seam[1]: email_address is taken by sandboxes.default.seam[0]\n"
            ),
        ])
    func broken(_ text: String, _ message: String) throws {
        let folder = try folder("understudy.json", text)
        let ended = try BuiltProgram.run(
            "serve", "--port", "0", "--port-file", "port", "--db", ":memory:", in: folder)
        #expect(ended.code == 1 && ended.output.isEmpty)
        #expect(ended.errors.hasPrefix(message))
        #expect(!folder.names.contains("port"))
    }

    @Test("a start on a store that has users leaves their sandboxes as they are, and says so")
    func again() throws {
        let folder = try folder("understudy.json", Self.good)
        let first = try RunningServer(in: folder, database: "store.sqlite")
        #expect(eventually { first.standardError.contains("\nunderstudy: seed understudy.json: 1 user in default\n") })
        #expect(first.stop() == 0)
        let list = #"{"seam": [{"email_address": "a@b.co"}, {}]}"#
        try Data(#"{"sandboxes": {"default": \#(list), "more": \#(list)}}"#.utf8)
            .write(to: URL(fileURLWithPath: folder.file("understudy.json")))
        let second = try RunningServer(in: folder, database: "store.sqlite")
        let note = "seed understudy.json: 2 users in more; left as it is, because it holds users: default"
        #expect(eventually { second.standardError.contains("\nunderstudy: \(note)\n") })
        let users = try second.ask("GET", "/__admin/users?sandbox=default").text
        #expect(users.contains("a@b.co") && users.split(separator: "\"created_at\"").count == 3)
        #expect(second.stop() == 0)
    }

    @Test("a seed is for a server that runs, too: with ids, accounts, and both places of a clash")
    func posted() throws {
        let server = try RunningServer()
        func seed(_ body: String) throws -> WireAnswer {
            try server.ask("POST", "/__admin/seed?sandbox=one", [("Content-Type", "application/json")], body: body)
        }
        let id = "0c0ffee0-0000-4000-8000-00000000000a"
        let users = #"{"userId": "\#(id)", "name": "Ada"}"#
        let refused = try seed(#"{"connect": [\#(users), \#(users)]}"#)
        #expect(refused.status == 409 && refused.text.contains("connect[1]: userId is taken by connect[0]"))
        #expect(
            try seed(
                #"{"connect": [\#(users)], "pulse": {"accounts": [{"accountId": "77", "accountName": "Acme"}]}}"#
            ).status == 200)
        #expect(
            try server.ask("GET", "/connect/users/\(id)", [("X-API-Key", "connect_test_key.one")]).text.contains("Ada"))
        let pulse = [("Authorization", "Bearer pulse_test_token.one"), ("x-account-id", "77")]
        #expect(try server.ask("GET", "/pulse/users", pulse).status == 200)
        #expect(try server.ask("GET", "/pulse/users", [pulse[0], ("x-account-id", "78")]).status == 403)
    }

    @Test("a file of more than 16 MiB is refused")
    func large() throws {
        let folder = try folder("s.json", String(repeating: " ", count: 16 * 1_048_576 + 1))
        let ended = try BuiltProgram.run("validate", "s.json", in: folder)
        #expect(ended.code == 1 && ended.errors == "understudy: s.json: is larger than 16 MiB\n")
    }

    @Test("a file that is not there is an error, not an empty seed")
    func missing() throws {
        for arguments in [["serve", "--port", "0", "--db", ":memory:", "--seed"], ["validate"]] {
            let folder = try ScratchFolder()
            let process = try BuiltProgram.process(arguments + ["no.json"], [:], in: folder, output: "missing")
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 1)
            #expect(folder.text("missing.err") == "understudy: no.json: cannot be read: No such file or directory\n")
        }
    }

    @Test("validate says what a seed holds, or everything that is wrong, by its exit code")
    func validate() throws {
        let good = try BuiltProgram.run("validate", "s.json", in: folder("s.json", Self.good))
        #expect(good.code == 0 && good.output == "s.json: 1 user in 1 sandbox, valid\n" && good.errors.isEmpty)
        let bad = try BuiltProgram.run("validate", "s.json", in: folder("s.json", Self.clash))
        #expect(bad.code == 1 && bad.output.isEmpty)
        let lines = bad.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("understudy: s.json: sandboxes.default.seam[1]: ") == true)
        #expect(lines.last?.hasPrefix("understudy: s.json: sandboxes.default.seam[2].full_name: ") == true)
        let name = #"{"sensay": [{"name": "Zoë"}]}"#
        #expect(try BuiltProgram.run("validate", "s.json", in: folder("s.json", name)).code == 0)
        let newest = try BuiltProgram.run("validate", "s.json", "--sensay-schema", "newest", in: folder("s.json", name))
        #expect(newest.code == 1)
        #expect(newest.errors == "understudy: s.json: sensay[0].name: has characters that are not allowed\n")
        #expect(try BuiltProgram.run("validate").code == 2)
        #expect(try BuiltProgram.run("validate", "s.json", "more").code == 2)
    }
}
