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
            ("{", "understudy: understudy.json: no JSON: "),
            (#"{"sandboxes": {"default": {"seam": [1]}}}"#, "understudy: understudy.json: sandboxes.default.seam[0]: "),
            (
                clash,
                "understudy: understudy.json: sandboxes.default.seam[1]: email_address is taken by sandboxes.default.seam[0]: "
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

    @Test("validate says ok, or everything that is wrong, by its exit code")
    func validate() throws {
        let good = try BuiltProgram.run("validate", "s.json", in: folder("s.json", Self.good))
        #expect(good.code == 0 && good.output == "ok\n" && good.errors.isEmpty)
        let bad = try BuiltProgram.run("validate", "s.json", in: folder("s.json", Self.clash))
        #expect(bad.code == 1 && bad.output.isEmpty)
        let lines = bad.errors.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("understudy: s.json: sandboxes.default.seam[1]: ") == true)
        #expect(lines.last?.hasPrefix("understudy: s.json: sandboxes.default.seam[2]: ") == true)
        #expect(try BuiltProgram.run("validate").code == 2)
        #expect(try BuiltProgram.run("validate", "s.json", "more").code == 2)
    }
}
