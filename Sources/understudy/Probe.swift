import Glibc
import HTTPServer
import VendorKit

/// The commands `health` and `wait`: ask a server's `/healthz`, once or until it is well.
enum Probe {
    static func run(_ arguments: [String], _ environment: Environment, retries: Bool) throws(UsageError) -> Int32 {
        let arguments = try Arguments(arguments, flags: Flag.probe, environment: environment)
        let timeout = try arguments.duration("timeout")
        let port = environment["UNDERSTUDY_PORT"] ?? environment["PORT"] ?? "8080"
        let text = arguments["url"] ?? "http://127.0.0.1:\(port)"
        guard let url = ServerURL(text) else {
            throw UsageError("'--url' is an address such as http://127.0.0.1:8080, not '\(text)'")
        }
        let deadline = monotonicMilliseconds() + timeout
        var answer: String
        repeat {
            answer = ask(url, until: deadline)
            if answer.isEmpty {
                Output.standard.write("ok\n")
                return 0
            }
            guard retries, monotonicMilliseconds() < deadline else { break }
            usleep(20_000)
        } while true
        Output.error.write("understudy: \(text) is not well: \(answer)\n")
        return 1
    }

    /// Asks once.
    ///
    /// - Returns: what is wrong, or an empty text when the server is well.
    private static func ask(_ url: ServerURL, until deadline: Int) -> String {
        let left = max(1, deadline - monotonicMilliseconds())
        do throws(ClientError) {
            let status = try Client.status(of: "/healthz", host: url.host, port: url.port, timeout: left)
            return status == 200 ? "" : "it answered \(status)"
        } catch {
            return error.message
        }
    }

    private static func monotonicMilliseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }
}

/// The host and port of `http://HOST[:PORT]`.
struct ServerURL {
    let host: String
    let port: Int

    init?(_ text: String) {
        guard text.hasPrefix("http://") else { return nil }
        var authority = text.dropFirst(7)
        if authority.hasSuffix("/") { authority.removeLast() }
        let colon = authority.lastIndex(of: ":")
        if let colon, !authority[colon...].contains("]") {
            guard let port = Int(authority[authority.index(after: colon)...]), (1...65535).contains(port) else {
                return nil
            }
            self.port = port
            authority = authority[..<colon]
        } else {
            port = 80
        }
        if authority.hasPrefix("["), authority.hasSuffix("]") { authority = authority.dropFirst().dropLast() }
        guard !authority.isEmpty, !authority.contains("/") else { return nil }
        host = authority == "localhost" ? "127.0.0.1" : String(authority)
    }
}
