import Connect
import Foundation
import HTTPServer
import Pulse
import Seam
import Sensay
import Testing
import VendorKit

@Suite("The command line")
struct CommandLineTests {
    private static let commands = [
        "serve", "exec", "health", "wait", "env", "reset", "validate", "routes", "completion", "version",
        "help",
    ]
    private static let flags = [
        "--host ADDRESS", "--port PORT", "--port-file FILE", "--db FILE", "--seed FILE", "--durability normal|full",
        "--loops N",
        "--log text|json|off", "--json", "--sensay-secret S", "--sensay-schema seed|newest", "--connect-key K",
        "--seam-key K", "--pulse-token T",
        "--url URL", "--timeout TIME", "--sandbox NAME",
    ]

    @Test("help explains every command and flag on stdout", arguments: ["help", "--help", "-h"])
    func help(_ word: String) throws {
        let ended = try BuiltProgram.run(word)
        #expect(ended.code == 0)
        #expect(ended.errors.isEmpty)
        for text in Self.commands + Self.flags { #expect(ended.output.contains("\n  \(text)  ")) }
        for text in ["[8080]", "[127.0.0.1]", "[understudy.sqlite]", "UNDERSTUDY_PORT_FILE", "PORT"] {
            #expect(ended.output.contains(text))
        }
        #expect(ended.output.split(separator: "\n").allSatisfy { $0.count <= 160 })
    }

    @Test("each command has help of its own, by either way of asking", arguments: commands)
    func helpOfOne(_ command: String) throws {
        let ended = try BuiltProgram.run("help", command)
        #expect(ended.code == 0)
        #expect(ended.output.contains("Usage: understudy \(command)"))
        #expect(ended.output.contains("--timeout") == ["health", "wait", "reset"].contains(command))
        #expect(ended.output.contains("--port-file") == ["serve", "exec"].contains(command))
        if command != "help" { #expect(try BuiltProgram.run(command, "--help").output == ended.output) }
    }

    @Test("version prints one line", arguments: ["version", "--version", "-V"])
    func version(_ word: String) throws {
        let ended = try BuiltProgram.run(word)
        #expect(ended.code == 0)
        #expect(ended.errors.isEmpty)
        #expect(ended.output.wholeMatch(of: /understudy \d+\.\d+\.\d+\n/) != nil)
    }

    @Test("routes lists every operation with its prefix, and what is known and not served")
    func routes() throws {
        let ended = try BuiltProgram.run("routes")
        #expect(ended.code == 0)
        let rows = ended.output.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
        let vendors: [any Vendor] = [Sensay(), Connect(), Seam(), Pulse()]
        let served = vendors.flatMap { vendor in
            vendor.operations.map { "\($0.method.name) /\(vendor.name)\($0.path)" }
        }
        let unserved = vendors.flatMap { vendor in
            vendor.unserved.map { "\($0.method?.name ?? "any") /\(vendor.name)\($0.path)" }
        }
        #expect(rows == ["GET /healthz"] + served + ["Known and not served, answered 501:"] + unserved)
        #expect(rows.contains("any /seam/access_codes/*"))
        #expect(rows.contains("POST /seam/user_identities/create") && rows.contains("PATCH /pulse/users/{email}"))
    }

    @Test(
        "wrong usage is exit code 2, a message on stderr and nothing on stdout",
        arguments: [
            ("srve", "unknown command 'srve'; did you mean 'serve'?"),
            ("helth", "unknown command 'helth'; did you mean 'health'?"),
            ("frobnicate", "unknown command 'frobnicate'"),
            ("help srve", "unknown command 'srve'; did you mean 'serve'?"),
            ("serve now", "unexpected argument 'now'"), ("version 2", "unexpected argument '2'"),
            ("routes --port 1", "unknown flag '--port'"), ("serve -", "unexpected argument '-'"),
            ("--por 1", "unknown flag '--por'; did you mean '--port'?"),
            ("serve --portfile=x", "unknown flag '--portfile'; did you mean '--port-file'?"),
            ("serve --durabilty full", "unknown flag '--durabilty'; did you mean '--durability'?"),
            ("-port 1", "unknown flag '-port'; did you mean '--port'?"), ("serve --xyzzy", "unknown flag '--xyzzy'"),
            ("serve --port", "'--port' needs a value: --port PORT"),
            ("serve --port=", "'--port' needs a value: --port PORT"),
            ("serve --db --port 0", "'--db' needs a value: --db FILE"),
            ("serve --port x", "'--port' is a number from 0 to 65535, not 'x'"),
            ("serve --port -1", "'--port' is a number from 0 to 65535, not '-1'"),
            ("serve --port +80", "'--port' is a number from 0 to 65535, not '+80'"),
            ("serve --port 65536", "'--port' is a number from 0 to 65535, not '65536'"),
            ("serve --port 99999999999999999999", "'--port' is a number from 0 to 65535, not '99999999999999999999'"),
            ("serve --loops 0", "'--loops' is a number from 1 to 64, not '0'"),
            ("serve --log jsn", "'--log' is one of text, json, off, not 'jsn'; did you mean 'json'?"),
            ("serve --durability none", "'--durability' is one of normal, full, not 'none'"),
            ("serve --json=perhaps", "'--json' is true or false, not 'perhaps'"),
            ("serve --seam-key=ä", "'--seam-key' is printable ASCII without blanks, not 'ä'"),
            ("exec", "exec needs a command after '--': understudy exec [FLAGS] -- COMMAND [ARGUMENTS]"),
            ("exec --port 0 --", "exec needs a command after '--': understudy exec [FLAGS] -- COMMAND [ARGUMENTS]"),
            ("exec --prt 0 -- true", "unknown flag '--prt'; did you mean '--port'?"),
            ("exec --seam-key=ä -- true", "'--seam-key' is printable ASCII without blanks, not 'ä'"),
            ("env --sandbox x", "unknown flag '--sandbox'"),
            ("reset --sandbox a/b", "'--sandbox' is up to 64 letters, digits, _ and -, not 'a/b'"),
            ("completion", "completion needs a shell: understudy completion bash|zsh"),
            ("completion bsh", "unknown shell 'bsh'; did you mean 'bash'?"),
            ("health --timeout soon", "'--timeout' is a time such as 500ms, 10s or 2m, not 'soon'"),
            ("wait --timeout -1s", "'--timeout' is a time such as 500ms, 10s or 2m, not '-1s'"),
            ("wait --timeout infs", "'--timeout' is a time such as 500ms, 10s or 2m, not 'infs'"),
            (
                "wait --url https://127.0.0.1:1",
                "'--url' is http:// with an IP address or localhost, as http://127.0.0.1:8080 is, not "
                    + "'https://127.0.0.1:1'"
            ),
            (
                "health --url http://example.com",
                "'--url' is http:// with an IP address or localhost, as http://127.0.0.1:8080 is, not 'http://example.com'"
            ),
        ])
    func misuse(_ line: String, _ message: String) throws {
        let folder = try ScratchFolder()
        let words = line.split(separator: " ").map(String.init)
        let process = try BuiltProgram.process(words, [:], in: folder, output: "misuse")
        try process.run()
        #expect(eventually { !process.isRunning })
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        #expect(folder.text("misuse.out") == "")
        #expect(
            folder.text("misuse.err") == "understudy: \(message)\nRun 'understudy help' for all commands and flags.\n")
        // Nothing was begun.
        #expect(folder.names == ["misuse.err", "misuse.out"])
    }

    @Test(
        "a variable with a wrong value is named in the complaint",
        arguments: [
            ("UNDERSTUDY_PORT", "x", "'UNDERSTUDY_PORT' is a number from 0 to 65535, not 'x'"),
            ("PORT", "x", "'PORT' is a number from 0 to 65535, not 'x'"),
            ("UNDERSTUDY_LOG", "of", "'UNDERSTUDY_LOG' is one of text, json, off, not 'of'; did you mean 'off'?"),
        ])
    func wrongVariable(_ variable: String, _ value: String, _ message: String) throws {
        let ended = try BuiltProgram.run("serve", environment: [variable: value])
        #expect(ended.code == 2)
        #expect(ended.errors.hasPrefix("understudy: \(message)\n"))
    }

    @Test("the program, not the reader, decides when it ends: a closed stdout is no failure")
    func closedOutput() throws {
        let folder = try ScratchFolder()
        let process = try BuiltProgram.process(["help"], [:], in: folder, output: "help")
        let pipe = Pipe()
        process.standardOutput = pipe
        try pipe.fileHandleForReading.close()
        try process.run()
        #expect(eventually { !process.isRunning })
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    }
}
