import Foundation
import Testing

@Suite("How the server starts")
struct StartTests {
    @Test("the ready line is the only line on stdout, and names the bound address")
    func readyLine() throws {
        let server = try RunningServer()
        #expect(eventually { server.standardOutput.hasSuffix("\n") })
        #expect(server.standardOutput == "Understudy is listening on \(server.url)\n")
        #expect(try server.ask("GET", "/healthz").status == 200)
        #expect(server.stop() == 0)
        #expect(server.standardOutput == "Understudy is listening on \(server.url)\n")
    }

    @Test("with --json it is one object, in the order that scripts rely on", arguments: [true, false])
    func readyObject(_ byFlag: Bool) throws {
        let server = try RunningServer(
            byFlag ? ["--json"] : [], environment: byFlag ? [:] : ["UNDERSTUDY_JSON": "true"])
        #expect(eventually { server.standardOutput.hasSuffix("\n") })
        #expect(
            server.standardOutput == """
                {"url":"\(server.url)","host":"127.0.0.1","port":\(server.port),"pid":\(server.pid),\
                "health":"\(server.url)/healthz"}\n
                """)
    }

    @Test("stderr says what is served and with which credentials")
    func banner() throws {
        let server = try RunningServer(["--seam-key", "seam_other"])
        #expect(eventually { server.standardError.contains("sandbox NAME") })
        for text in [
            "\(server.url)/sensay  X-ORGANIZATION-SECRET: sensay_test_secret",
            "\(server.url)/connect  X-API-Key: connect_test_key",
            "\(server.url)/seam  Authorization: Bearer seam_other",
            "\(server.url)/pulse  Authorization: Bearer pulse_test_token with x-account-id: 2311", ":memory:",
        ] {
            #expect(server.standardError.contains(text))
        }
    }

    @Test("the port file appears once connections are taken, and is gone at the end", arguments: [SIGTERM, SIGINT])
    func portFile(_ signal: Int32) throws {
        let server = try RunningServer()
        #expect(server.folder.text(server.portFile) == "\(server.port)\n")
        #expect(try server.ask("GET", "/healthz").status == 200)
        // The draft under another name was renamed and not copied.
        #expect(server.folder.names.filter { $0.hasPrefix(server.portFile) } == [server.portFile])
        server.send(signal)
        #expect(server.end() == 0)
        #expect(server.folder.text(server.portFile) == nil)
    }

    @Test("a port file that another server has written since is left alone")
    func foreignPortFile() throws {
        let server = try RunningServer()
        try "1\n".write(toFile: server.folder.file(server.portFile), atomically: true, encoding: .utf8)
        #expect(server.stop() == 0)
        #expect(server.folder.text(server.portFile) == "1\n")
    }

    @Test("a port file that cannot be written is an error that names it")
    func badPortFile() throws {
        let folder = try ScratchFolder()
        let path = folder.file("none/port")
        let ended = try BuiltProgram.run(
            "serve", "--port", "0", "--db", ":memory:", "--port-file", path, "--log", "off", in: folder)
        #expect(ended.code == 1)
        #expect(ended.output.isEmpty)
        #expect(ended.errors == "understudy: the port file '\(path)' cannot be written: No such file or directory\n")
    }

    @Test("a port that is taken is an error that says so, and the one who has it goes on")
    func takenPort() throws {
        let first = try RunningServer()
        let second = try BuiltProgram.run("serve", "--port", "\(first.port)", "--db", ":memory:")
        #expect(second.code == 1)
        #expect(second.output.isEmpty)
        #expect(
            second.errors == """
                understudy: cannot listen on 127.0.0.1 port \(first.port): Address already in use; \
                --port takes another, 0 any free one\n
                """)
        #expect(try first.ask("GET", "/healthz").status == 200)
    }

    @Test("an address that is not this machine's, or none at all, is an error", arguments: ["192.0.2.1", "nowhere"])
    func badHost(_ host: String) throws {
        let ended = try BuiltProgram.run("serve", "--host", host, "--port", "0", "--db", ":memory:")
        #expect(ended.code == 1)
        #expect(ended.errors.contains(host))
    }

    @Test("a flag wins over its variable, the variable over the default")
    func precedence() throws {
        func works(_ key: String, _ server: RunningServer) throws -> Bool {
            let fields = [("Authorization", "Bearer \(key)"), ("Content-Type", "application/json")]
            return try server.ask("POST", "/seam/user_identities/create", fields, body: "{}").status == 200
        }
        let plain = try RunningServer()
        #expect(try works("seam_test_key", plain))
        let byVariable = try RunningServer(environment: ["UNDERSTUDY_SEAM_KEY": "seam_variable"])
        #expect(try works("seam_variable", byVariable))
        #expect(try !works("seam_test_key", byVariable))
        let byFlag = try RunningServer(
            ["--seam-key=seam_first", "--seam-key", "seam_flag"], environment: ["UNDERSTUDY_SEAM_KEY": "seam_variable"])
        #expect(try works("seam_flag", byFlag))
        #expect(try !works("seam_variable", byFlag))
        #expect(try !works("seam_first", byFlag))
        // An empty variable is as good as none.
        #expect(try works("seam_test_key", RunningServer(environment: ["UNDERSTUDY_SEAM_KEY": ""])))
    }

    @Test(
        "PORT is honoured, behind UNDERSTUDY_PORT and the flag",
        arguments: [
            ["PORT": "0"], ["PORT": "x", "UNDERSTUDY_PORT": "0"],
            // What Kubernetes tells the neighbours of a service named understudy is no setting.
            ["PORT": "0", "UNDERSTUDY_PORT": "tcp://10.0.0.1:8080", "UNDERSTUDY_SERVICE_HOST": "10.0.0.1"],
        ])
    func port(_ environment: [String: String]) throws {
        let server = try RunningServer(environment: environment, port: nil)
        #expect(server.port != 8080)
        #expect(try server.ask("GET", "/healthz").status == 200)
        #expect(!server.standardError.contains("means nothing here"))
        #expect(try RunningServer(environment: ["PORT": "x", "UNDERSTUDY_PORT": "y"]).port > 0)
    }

    @Test("a variable that looks like ours and is not is warned of")
    func unknownVariable() throws {
        let server = try RunningServer(environment: [
            "UNDERSTUDY_PROT_FILE": "x", "UNDERSTUDY_XYZZY_FROBNICATE": "1", "UNDERSTUDY_EMPTY": "",
            "UNDERSTUDY_URL": "x",
        ])
        #expect(
            server.standardError.hasPrefix(
                """
                understudy: the variable UNDERSTUDY_PROT_FILE means nothing here; did you mean 'UNDERSTUDY_PORT_FILE'?
                understudy: the variable UNDERSTUDY_XYZZY_FROBNICATE means nothing here\n
                """))
        #expect(!server.standardError.contains("UNDERSTUDY_EMPTY"))
        #expect(!server.standardError.contains("UNDERSTUDY_URL"))
    }

    @Test("serve is the command when none is named, and the store is a file in the current folder")
    func noCommand() throws {
        let folder = try ScratchFolder()
        let process = try BuiltProgram.process(["--port", "0"], [:], in: folder, output: "serve")
        try process.run()
        #expect(
            eventually { folder.text("serve.out")?.hasPrefix("Understudy is listening on http://127.0.0.1:") == true })
        process.terminate()
        #expect(eventually { !process.isRunning })
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(folder.names == ["serve.err", "serve.out", "understudy.sqlite"])
    }
}
