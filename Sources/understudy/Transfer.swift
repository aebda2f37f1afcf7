import Admin
import HTTPServer

/// The commands `export` and `import`: a running server's whole store to a file, and from one.
enum Transfer {
    static func export(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        let (name, call) = try parse(.export, arguments, environment)
        do throws(HTTPClientError) {
            let bytes = try call.send(.get, "/__admin/export")
            do throws(FileError) {
                try File.write(bytes, to: name)
            } catch {
                return failed("\(name): \(error.message)")
            }
        } catch {
            return failed("\(call.text) is not exported: \(error.message)")
        }
        Output.standard.write("ok\n")
        return 0
    }

    static func `import`(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        let (name, call) = try parse(.import, arguments, environment)
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try File.read(name, atMost: TransferEndpoints.maximumBytes)
        } catch {
            return failed("\(name): \(error.message)")
        }
        do throws(HTTPClientError) {
            _ = try call.send(.post, "/__admin/import", body: bytes)
        } catch {
            return failed("'\(name)' is not imported by \(call.text): \(error.message)")
        }
        Output.standard.write("ok\n")
        return 0
    }

    private static func parse(
        _ command: Command, _ arguments: [String], _ environment: Environment
    ) throws(UsageError) -> (name: String, call: ControlCall) {
        guard let name = arguments.first, !name.isEmpty, !name.hasPrefix("-") else {
            throw UsageError(
                "'\(command.rawValue)' needs a file first: understudy \(command.rawValue)\(command.usage)")
        }
        let rest = try Arguments(Array(arguments.dropFirst()), flags: command.flags, environment: environment)
        return (name, try ControlCall(rest, environment))
    }

    private static func failed(_ message: String) -> Int32 {
        Output.error.write("understudy: \(message)\n")
        return 1
    }
}
