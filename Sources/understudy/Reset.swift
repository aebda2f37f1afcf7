import JSON
import VendorKit

/// The command `reset`: empties a server's sandboxes through its control plane.
enum Reset {
    static func run(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        let arguments = try Arguments(arguments, flags: Command.reset.flags, environment: environment)
        let timeout = try arguments.duration("timeout")
        let (text, url) = try Probe.server(arguments, environment)
        var path = "/__admin/reset"
        if let name = arguments["sandbox"] {
            guard SandboxKey.isSandboxName(name) else {
                throw arguments.complaint("sandbox", "is up to 64 letters, digits, _ and -")
            }
            path += "?sandbox=\(name)"
        }
        var fields: [(String, String)] = []
        if arguments["admin-token"] != nil {
            fields.append(("Authorization", "Bearer \(try arguments.word("admin-token"))"))
        }
        do throws(ClientError) {
            let answer = try Client.post(
                path, fields: fields, host: url.host, port: url.port, until: Client.now + timeout)
            guard !(200..<300).contains(answer.status) else {
                Output.standard.write("ok\n")
                return 0
            }
            throw ClientError(message: "it answered \(answer.status)" + reason(answer.body))
        } catch {
            Output.error.write("understudy: \(text) is not reset: \(error.message)\n")
            return 1
        }
    }

    /// What the control plane says of a refusal, to be read behind its status.
    private static func reason(_ body: [UInt8]) -> String {
        guard case .object(let object)? = try? JSONValue(parsing: body), case .string(let text)? = object["message"]
        else { return "" }
        return ": \(text)"
    }
}
