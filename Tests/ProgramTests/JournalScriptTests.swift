import Foundation
import Testing

@Suite("The journal as a script")
struct JournalScriptTests {
    private let credentials = [
        "SENSAY_X_ORGANIZATION_SECRET": "sensay_test_secret", "CONNECT_X_API_KEY": "connect_test_key",
        "SEAM_AUTHORIZATION": "seam_test_key", "PULSE_AUTHORIZATION": "pulse_test_token",
    ]

    private func script(_ server: RunningServer) throws -> String {
        let answer = try server.ask("GET", "/__admin/requests?format=sh")
        #expect(answer.status == 200 && answer["content-type"] == "text/x-shellscript; charset=utf-8")
        return answer.text
    }

    private func run(_ script: String, against url: String) throws -> (code: Int32, output: String) {
        let folder = try ScratchFolder()
        try Data(script.utf8).write(to: URL(fileURLWithPath: folder.file("again.sh")))
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["again.sh"]
        process.currentDirectoryURL = URL(fileURLWithPath: folder.file(""))
        process.environment = credentials.merging(["UNDERSTUDY_URL": url, "PATH": "/usr/bin:/bin"]) { $1 }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.file("")).sorted()
        #expect(left == ["again.sh"], "the script left something behind: \(left)")
        return (process.terminationStatus, output)
    }

    @Test(
        "makes the same users at another server, in their sandboxes",
        .enabled(if: FileManager.default.fileExists(atPath: "/usr/bin/curl")))
    func again() throws {
        let first = try RunningServer()
        let second = try RunningServer()
        for (number, operation) in VendorOperation.creations.enumerated() {
            for sandbox in [nil, "team"] {
                let answer = try first.ask(
                    operation.method, operation.prefixed, operation.fields(number, in: sandbox),
                    body: operation.body(number))
                #expect(answer.status == operation.success)
            }
        }
        let ended = try run(try script(first), against: second.url)
        #expect(ended.code == 0, "\(ended.output)")
        func users(_ server: RunningServer) throws -> [String] {
            let users = try server.ask("GET", "/__admin/users").json["users"] as? [[String: Any]] ?? []
            return users.map { "\($0["vendor"] ?? "") \($0["sandbox"] ?? "") \($0["id"] ?? "")" }.sorted()
        }
        #expect(try users(second).count == 8)
        #expect(try users(second) == users(first))
    }

    @Test("reads nothing into what a client sent")
    func hostile() throws {
        let server = try RunningServer()
        let operation = VendorOperation.seam
        _ = try server.ask(
            operation.method, operation.prefixed,
            [("Authorization", "$(touch${IFS}a) `touch b`"), ("X", "'; touch c; '")],
            body: "'; touch d; '$(touch e)")
        _ = try server.ask("`touch${IFS}f`", operation.prefixed, operation.fields(1))
        _ = try server.ask(
            operation.method, operation.prefixed + "?a='$(touch%20g)'[1-9]", operation.fields(1), body: "@again.sh")
        let script = try script(server)
        #expect(script.contains("touch c") && script.contains("again.sh"))
        // Nobody listens there: what counts is what else the script does.
        _ = try run(
            script.split(separator: "\n").map { $0 == "set -euo pipefail" ? "set -uo pipefail" : $0 }
                .joined(separator: "\n"), against: "http://127.0.0.1:9")
    }
}
