import Foundation
import Testing

@Suite("env, reset and completion")
struct HelperCommandTests {
    /// Runs a program that is not ours.
    private func run(_ program: String, _ arguments: [String]) throws -> Ended {
        let folder = try ScratchFolder()
        let process = try BuiltProgram.process(arguments, [:], in: folder, output: "other")
        process.executableURL = URL(fileURLWithPath: program)
        try process.run()
        #expect(eventually { !process.isRunning })
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        return Ended(
            code: process.terminationStatus, output: folder.text("other.out") ?? "",
            errors: folder.text("other.err") ?? "")
    }

    @Test("env prints export lines alone, and a shell takes them as they are meant")
    func env() throws {
        let environment = ["UNDERSTUDY_SEAM_KEY": "it's;$(exit)", "UNDERSTUDY_PORT": "9"]
        let ended = try BuiltProgram.run("env", "--url", "http://127.0.0.1:8123/", environment: environment)
        #expect(ended.code == 0 && ended.errors.isEmpty)
        let lines = ended.output.split(separator: "\n")
        #expect(lines.count == 11)
        #expect(lines.allSatisfy { $0.wholeMatch(of: /export [A-Z_]+='.+'/) != nil })
        #expect(ended.output.hasPrefix("export UNDERSTUDY_URL='http://127.0.0.1:8123'\n"))
        let script = ended.output + #"echo "$UNDERSTUDY_URL $SEAM_ENDPOINT $SENSAY_BASE_URL $SEAM_API_KEY""#
        let shell = try run("/bin/sh", ["-euc", script])
        #expect(shell.code == 0)
        #expect(
            shell.output
                == "http://127.0.0.1:8123 http://127.0.0.1:8123/seam http://127.0.0.1:8123/sensay it's;$(exit)\n")
        let local = try BuiltProgram.run("env", environment: environment)
        #expect(local.output.hasPrefix("export UNDERSTUDY_URL='http://127.0.0.1:9'\n"))
    }

    @Test("reset empties one sandbox, or all")
    func reset() throws {
        let server = try RunningServer()
        func create(in sandbox: String) throws -> Int {
            let operation = VendorOperation.pulse
            return try server.ask(
                operation.method, operation.prefixed, operation.fields(1, in: sandbox), body: operation.body(1)
            ).status
        }
        #expect(try create(in: "one") == 201 && create(in: "two") == 201)
        let ended = try BuiltProgram.run("reset", "--url", server.url, "--sandbox", "one")
        #expect(ended.code == 0 && ended.output == "ok\n" && ended.errors.isEmpty)
        #expect(try create(in: "one") == 201)
        #expect(try create(in: "two") == 409)
        #expect(try BuiltProgram.run("reset", environment: ["PORT": "\(server.port)"]).output == "ok\n")
        #expect(try create(in: "one") == 201 && create(in: "two") == 201)
    }

    @Test("reset says why it could not")
    func notReset() throws {
        let port = try SilentListener().port
        let nobody = try BuiltProgram.run("reset", "--url", "http://127.0.0.1:\(port)")
        #expect(nobody.code == 1 && nobody.output.isEmpty)
        #expect(nobody.errors == "understudy: http://127.0.0.1:\(port) is not reset: Connection refused\n")
        let server = try RunningServer(["--admin", "off"])
        let off = try BuiltProgram.run("reset", "--url", server.url)
        #expect(off.code == 1 && off.output.isEmpty)
        #expect(off.errors.hasPrefix("understudy: \(server.url) is not reset: it answered 404"))
    }

    @Test("completion scripts are valid, and name every command and flag", arguments: ["bash", "zsh"])
    func completion(_ shell: String) throws {
        let script = try BuiltProgram.run("completion", shell)
        #expect(script.code == 0 && script.errors.isEmpty)
        for word in ["serve", "exec", "completion", "--port-file", "--sandbox", "--timeout", "--help", "text json off"]
        {
            #expect(script.output.contains(word))
        }
        // zsh itself is seldom there; what is written for it stays within what both shells read.
        let program = ["/bin/\(shell)", "/usr/bin/\(shell)"].first(where: FileManager.default.isExecutableFile)
        let checked = try run(program ?? "/bin/bash", ["-nc", script.output])
        #expect(checked.code == 0)
        #expect(checked.errors.isEmpty)
    }

    @Test(
        "bash completes commands, flags and values",
        arguments: [
            ("understudy he", "health help"), ("understudy --por", "--port --port-file"),
            ("understudy reset --sa", "--sandbox"), ("understudy serve --log j", "json"),
            ("understudy serve --log = j", "json"), ("understudy completion z", "zsh"),
            ("understudy version --", "--help"), ("understudy imp", "import"),
            ("understudy export --t", "--timeout"), ("understudy import /proc/uptim", "/proc/uptime"),
        ])
    func bash(_ line: String, _ completed: String) throws {
        let script = try BuiltProgram.run("completion", "bash").output
        let words = line.split(separator: " ")
        let ended = try run(
            "/bin/bash",
            ["-c", "\(script)\nCOMP_WORDS=(\(line)); COMP_CWORD=\(words.count - 1); _understudy; echo ${COMPREPLY[@]}"])
        #expect(ended.output == completed + "\n")
        #expect(ended.errors.isEmpty)
    }
}
