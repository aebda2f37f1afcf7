import HTTPServer

/// The command `exec`: serves while another command runs, and ends as that one did.
enum Exec {
    static func run(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        guard let end = arguments.firstIndex(of: "--"), end + 1 < arguments.count else {
            throw UsageError("exec needs a command after '--': understudy exec\(Command.exec.usage)")
        }
        Serve.warnOfUnknownVariables(environment)
        // PORT is for the command, which may be a server itself.
        let flags = try Arguments(
            Array(arguments[..<end]), flags: Flag.exec, environment: environment.without("PORT"))
        let settings = try Settings(flags, isQuiet: true)
        // Only the address is not known yet: what is wrong with a credential shows before anything is started.
        _ = try ClientVariables.all(url: "", flags)
        let signals = ChildSignals()
        return Serve.host(settings) { ready throws(ServerError) in
            let variables = (try? ClientVariables.all(url: ready.clientURL, flags)) ?? []
            let command = Array(arguments[(end + 1)...])
            do throws(ChildError) {
                let child = try Child(command, environment.entries(setting: variables))
                return child.wait(signals)
            } catch {
                Output.error.write("understudy: cannot run '\(command[0])': \(error.message)\n")
                return 127
            }
        }
    }
}
