import Admin
import HTTPServer
import JSON

/// What a command says to the control plane of a server.
struct ControlCall {
    /// The server's URL, as it was given.
    let text: String
    private let url: ServerURL
    private let fields: [(String, String)]
    private let deadline: Int

    /// Takes the values of `--url`, `--timeout` and `--admin-token`.
    init(_ arguments: Arguments, _ environment: Environment) throws(UsageError) {
        deadline = HTTPClient.now + (try arguments.duration("timeout"))
        (text, url) = try Probe.server(arguments, environment)
        fields =
            arguments["admin-token"] == nil
            ? [] : [("Authorization", "Bearer \(try arguments.word("admin-token"))")]
    }

    /// Sends a request and reads the content of the answer.
    ///
    /// - Throws: also when the answer is a refusal, with its status and words.
    func send(_ method: Method, _ path: String, body: [UInt8] = []) throws(HTTPClientError) -> [UInt8] {
        // The longest answer is an exported store, behind its head.
        let answer = try HTTPClient.send(
            method, path, fields: fields, body: body, to: url.host, port: url.port,
            atMost: TransferEndpoints.maximumBytes + 65_536, until: deadline)
        if (200..<300).contains(answer.status) {
            guard answer.isWhole else { throw HTTPClientError(message: "its answer was cut short") }
            return answer.body
        }
        throw HTTPClientError(message: "it answered \(answer.status)" + Self.reason(answer.body))
    }

    /// What the control plane says of a refusal, to be read behind its status.
    private static func reason(_ body: [UInt8]) -> String {
        guard case .object(let object)? = try? JSONValue(parsing: body), case .string(let text)? = object["message"]
        else { return "" }
        return ": \(text)"
    }
}
