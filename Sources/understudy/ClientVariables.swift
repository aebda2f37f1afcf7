import VendorKit

/// The variables by which the vendors' clients, and tests, find a server and its credentials; the command `env`.
enum ClientVariables {
    /// Prints them as lines that a shell can evaluate, and nothing else.
    static func print(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        let arguments = try Arguments(arguments, flags: Command.env.flags, environment: environment)
        var (url, _) = try Probe.server(arguments, environment)
        if url.hasSuffix("/") { url.removeLast() }
        // The credentials are those of a `serve` in the same environment.
        let serve = try Arguments([], flags: Flag.serve, environment: environment)
        for (name, value) in try all(url: url, serve) {
            Output.standard.write("export \(name)=\(value.shellWord)\n")
        }
        return 0
    }

    /// All of them.
    ///
    /// - Parameters:
    ///   - url: the server's base URL, without a slash at the end.
    ///   - arguments: the flags of `serve`, which hold the credentials.
    static func all(url: String, _ arguments: Arguments) throws(UsageError) -> [(name: String, value: String)] {
        [
            ("UNDERSTUDY_URL", url),
            ("SENSAY_API_URL", url + "/sensay"), ("SENSAY_BASE_URL", url + "/sensay"),
            ("SENSAY_API_KEY", try arguments.word("sensay-secret")),
            ("CONNECT_URL", url + "/connect"), ("CONNECT_API_KEY", try arguments.word("connect-key")),
            ("SEAM_ENDPOINT", url + "/seam"), ("SEAM_API_URL", url + "/seam"),
            ("SEAM_API_KEY", try arguments.word("seam-key")),
            ("PULSE_URL", url + "/pulse"), ("PULSE_TOKEN", try arguments.word("pulse-token")),
        ]
    }
}
