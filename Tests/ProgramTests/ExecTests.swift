import Foundation
import Testing

@Suite("exec")
struct ExecTests {
    @Test("the command finds a server that listens, under every variable, and nothing else is printed or kept")
    func variables() throws {
        let folder = try ScratchFolder()
        let script = """
            set -eu
            "\(BuiltProgram.path)" health --url "$UNDERSTUDY_URL" >/dev/null
            test "$SENSAY_API_URL $SENSAY_BASE_URL" = "$UNDERSTUDY_URL/sensay $UNDERSTUDY_URL/sensay"
            test "$SEAM_ENDPOINT $SEAM_API_URL" = "$UNDERSTUDY_URL/seam $UNDERSTUDY_URL/seam"
            test "$CONNECT_URL $PULSE_URL" = "$UNDERSTUDY_URL/connect $UNDERSTUDY_URL/pulse"
            test "$SENSAY_API_KEY $CONNECT_API_KEY" = "sensay_test_secret connect_test_key"
            test "$SEAM_API_KEY $PULSE_TOKEN" = "mine pulse_test_token"
            test "$PORT" = 1
            echo "$1"
            """
        let ended = try BuiltProgram.run(
            "exec", "--seam-key", "mine", "--", "sh", "-c", script, "sh", "--help", environment: ["PORT": "1"],
            in: folder)
        #expect(ended.code == 0)
        #expect(ended.output == "--help\n")
        #expect(ended.errors.isEmpty)
        #expect(folder.names.allSatisfy { $0.hasPrefix("run-") })
    }

    @Test("what is asked for is done: the ready line, the log, the store")
    func asked() throws {
        let folder = try ScratchFolder()
        let ended = try BuiltProgram.run(
            "exec", "--json", "--log", "text", "--db", "kept.sqlite", "--host", "0.0.0.0", "--", "sh", "-c",
            "\"\(BuiltProgram.path)\" health --url \"$UNDERSTUDY_URL\"", in: folder)
        #expect(ended.code == 0)
        #expect(ended.output.hasPrefix(#"{"url":"http://0.0.0.0:"#) && ended.output.hasSuffix("}\nok\n"))
        #expect(ended.errors.contains(" 200 GET /healthz "))
        #expect(folder.names.contains("kept.sqlite"))
    }

    @Test(
        "the exit code is the command's, or 128 and the signal that ended it",
        arguments: [("exit 0", 0), ("exit 7", 7), ("exit 255", 255), ("kill -TERM $$", 143), ("kill -KILL $$", 137)])
    func code(_ script: String, _ code: Int32) throws {
        let ended = try BuiltProgram.run("exec", "--", "sh", "-c", script)
        #expect(ended.code == code)
        #expect(ended.errors.isEmpty)
    }

    @Test("a command that cannot be started is 127, and says why")
    func notFound() throws {
        let ended = try BuiltProgram.run("exec", "--", "no-such-command-anywhere")
        #expect(ended.code == 127)
        #expect(ended.output.isEmpty)
        #expect(
            ended.errors == "understudy: cannot run 'no-such-command-anywhere': No such file or directory\n")
    }

    @Test("a server that cannot listen is 1, and the command is not run")
    func portTaken() throws {
        let listener = try SilentListener()
        let ended = try BuiltProgram.run("exec", "--port", "\(listener.port)", "--", "echo", "run")
        #expect(ended.code == 1)
        #expect(ended.output.isEmpty)
        #expect(ended.errors.contains("cannot listen on 127.0.0.1 port \(listener.port)"))
    }

    @Test("a signal is passed on, and the command says how it ends", arguments: [SIGTERM, SIGINT])
    func signal(_ signal: Int32) throws {
        let folder = try ScratchFolder()
        let script = "trap 'exit 42' TERM INT; echo begun; while :; do sleep 0.01; done"
        let process = try BuiltProgram.process(
            ["exec", "--", "sh", "-c", script], [:], in: folder, output: "exec")
        try process.run()
        #expect(eventually { folder.text("exec.out") == "begun\n" })
        kill(process.processIdentifier, signal)
        #expect(eventually { !process.isRunning })
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 42)
    }

    @Test("the command starts with no signal held back or ignored of those that we take")
    func signalsReset() throws {
        let ended = try BuiltProgram.run("exec", "--", "grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status")
        let masks = ended.output.split(separator: "\n").compactMap { UInt64($0.suffix(16), radix: 16) }
        let ours = [SIGINT, SIGTERM, SIGPIPE, SIGXFSZ, SIGCHLD].reduce(0 as UInt64) { $0 | 1 << UInt64($1 - 1) }
        #expect(masks.count == 2 && masks.first == 0)
        #expect(masks.allSatisfy { $0 & ours == 0 })
    }
}
