import Glibc
import HTTPServer
import VendorKit

/// The commands `health` and `wait`: ask a server's `/healthz`, once or until it is well.
enum Probe {
    static func run(_ arguments: [String], _ environment: Environment, retries: Bool) throws(UsageError) -> Int32 {
        let arguments = try Arguments(arguments, flags: Flag.probe, environment: environment)
        let timeout = try arguments.duration("timeout")
        let (text, url) = try server(arguments, environment)
        let deadline = HTTPClient.now + timeout
        var answer: String
        repeat {
            answer = ask(url, until: deadline)
            if answer.isEmpty {
                Output.standard.write("ok\n")
                return 0
            }
            guard retries, HTTPClient.now < deadline else { break }
            usleep(20_000)
        } while true
        let patience = retries ? " after \(arguments["timeout"] ?? "")" : ""
        Output.error.write("understudy: \(text) is not well\(patience): \(answer)\n")
        return 1
    }

    /// The server that `--url` names, or else the one that `serve` starts in the same environment.
    static func server(
        _ arguments: Arguments, _ environment: Environment
    ) throws(UsageError) -> (text: String, url: ServerURL) {
        let text = if let url = arguments["url"] { url } else { try localURL(environment) }
        guard let url = ServerURL(text) else {
            throw arguments.complaint("url", "is http:// with an IP address or localhost, as http://127.0.0.1:8080 is")
        }
        return (text, url)
    }

    /// Where `serve` listens in the same environment.
    private static func localURL(_ environment: Environment) throws(UsageError) -> String {
        let serve = try Arguments([], flags: Flag.serve, environment: environment)
        let port = try serve.integer("port", in: 1...65535)
        return ReadyLine(host: try serve.word("host"), port: port).clientURL
    }

    /// Asks once.
    ///
    /// - Returns: what is wrong, or an empty text when the server is well.
    private static func ask(_ url: ServerURL, until deadline: Int) -> String {
        do throws(HTTPClientError) {
            let answer = try HTTPClient.send(.get, "/healthz", to: url.host, port: url.port, until: deadline)
            return answer.status == 200 ? "" : "it answered \(answer.status)"
        } catch {
            return error.message
        }
    }
}

/// The host and port of `http://HOST[:PORT]`, where HOST is an IP address or `localhost`.
///
/// No name is looked up: the resolver of the C library cannot be part of a binary that needs no other file.
struct ServerURL {
    let host: String
    let port: Int

    init?(_ text: String) {
        guard let url = HTTPURL(text), url.target == "/" else { return nil }
        host = url.host == "localhost" ? "127.0.0.1" : url.host
        port = url.port
        guard HostAddress.isAddress(host) else { return nil }
    }
}
