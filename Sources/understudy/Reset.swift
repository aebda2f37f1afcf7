import HTTPServer
import VendorKit

/// The command `reset`: empties a server's sandboxes through its control plane.
enum Reset {
    static func run(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        let arguments = try Arguments(arguments, flags: Command.reset.flags, environment: environment)
        let call = try ControlCall(arguments, environment)
        var path = "/__admin/reset"
        if let name = arguments["sandbox"] {
            guard SandboxKey.isSandboxName(name) else {
                throw arguments.complaint("sandbox", "is up to 64 letters, digits, _ and -")
            }
            path += "?sandbox=\(name)"
        }
        do throws(HTTPClientError) {
            _ = try call.send(.post, path)
            Output.standard.write("ok\n")
            return 0
        } catch {
            Output.error.write("understudy: \(call.text) is not reset: \(error.message)\n")
            return 1
        }
    }
}
