import Connect
import HTTPServer
import Pulse
import Seam
import Sensay
import VendorKit

/// One option of the command line, which is also an environment variable: the single source of parsing, help and
/// README.
struct Flag: Sendable {
    /// The name without its dashes: `port-file`.
    let name: String
    /// What stands for the value in help texts; nil for a switch.
    let placeholder: String?
    /// The value when neither flag nor variable is there.
    let standard: String?
    /// One sentence for a person.
    let help: String

    /// The environment variable that means the same: `UNDERSTUDY_PORT_FILE`.
    var variable: String {
        "UNDERSTUDY_" + name.uppercased().substituting("-", with: "_")
    }

    /// The flag as it is written: `--port-file FILE`.
    var usage: String {
        placeholder.map { "--\(name) \($0)" } ?? "--\(name)"
    }
}

extension Flag {
    /// The flags of `serve`.
    static let serve = [
        Flag(
            name: "host", placeholder: "ADDRESS", standard: "127.0.0.1",
            help: "The address to listen on; 0.0.0.0 for every interface."),
        Flag(name: "port", placeholder: "PORT", standard: "8080", help: "The port to listen on; 0 takes a free one."),
        Flag(
            name: "port-file", placeholder: "FILE", standard: nil,
            help: "Writes the port there once the server listens, and removes the file at the end."),
        Flag(
            name: "db", placeholder: "FILE", standard: "understudy.sqlite",
            help: "The store; :memory: keeps nothing after the end."),
        Flag(
            name: "seed", placeholder: "FILE", standard: nil,
            help: "Users to begin with; by default understudy.json, if the current folder has it."),
        Flag(
            name: "durability", placeholder: "normal|full", standard: "normal",
            help: "What an answer survives: the process being killed, or the power cut too."),
        Flag(name: "loops", placeholder: "N", standard: "1", help: "Threads that read and write sockets, 1 to 64."),
        .seconds("head-timeout", Limits().headTime, "Seconds that a request's head may take; then 408."),
        .seconds("body-timeout", Limits().bodyTime, "Seconds that its content may take after the head; then 408."),
        .seconds("write-timeout", Limits().writeTime, "Seconds that a client may leave its answers unread."),
        .seconds("idle-timeout", Limits().idleTime, "Seconds that a connection may stay open between requests."),
        Flag(name: "log", placeholder: "text|json|off", standard: "text", help: "The access log on stderr."),
        Flag(
            name: "json", placeholder: nil, standard: nil,
            help: "Prints the ready line as one JSON object: url, host, port, pid, health."),
        Flag(
            name: "journal", placeholder: "N", standard: "1000",
            help: "Exchanges that /__admin/requests keeps, 0 to 100000."),
        Flag(
            name: "admin", placeholder: "local|open|off", standard: "local",
            help: "Who may use /__admin: this machine, everybody, nobody."),
        Flag(
            name: "admin-token", placeholder: "T", standard: nil,
            help: "Lets others use /__admin too, with Authorization: Bearer T."),
        Flag(
            name: "webhooks", placeholder: "local|any", standard: "local",
            help: "Where /__admin/webhooks may deliver: to this machine and private networks, or anywhere."),
        Flag(
            name: "no-prefer", placeholder: nil, standard: nil,
            help: "Ignores Prefer: code=429, delay=200, by which a request chooses what goes wrong with it."),
        Flag(
            name: "no-why", placeholder: nil, standard: nil,
            help: "Leaves X-Understudy-Why and X-Understudy-Request-Id off the answers."),
        Flag(
            name: "sensay-secret", placeholder: "S", standard: Sensay.defaultSecret,
            help: "Sensay's organisation secret; S.NAME opens the sandbox NAME."),
        Flag(
            name: "sensay-schema", placeholder: "seed|newest", standard: "seed",
            help: "Sensay's schema: of mid-2025, or of November 2025 with success, name rules and gzip bodies."),
        Flag(
            name: "connect-key", placeholder: "K", standard: Connect.defaultKey,
            help: "Connect's API key; K.NAME opens the sandbox NAME."),
        Flag(
            name: "seam-key", placeholder: "K", standard: Seam.defaultKey,
            help: "Seam's API key; K.NAME opens the sandbox NAME."),
        Flag(
            name: "pulse-token", placeholder: "T", standard: Pulse.defaultToken,
            help: "Pulse's bearer token; T.NAME opens the sandbox NAME."),
    ]

    private static func seconds(_ name: String, _ standard: Duration, _ help: String) -> Flag {
        Flag(name: name, placeholder: "S", standard: String(standard.components.seconds), help: help)
    }

    /// The flags of `exec`: those of `serve`, with defaults that leave nothing behind and disturb nobody.
    static let exec = serve.map { flag in
        let standards = ["port": "0", "db": ":memory:", "log": "off"]
        return Flag(
            name: flag.name, placeholder: flag.placeholder, standard: standards[flag.name] ?? flag.standard,
            help: flag.help)
    }

    /// The flag that names a server.
    static let url = Flag(
        name: "url", placeholder: "URL", standard: nil,
        help: "The server to ask; by default the one on this machine at the port of UNDERSTUDY_PORT, PORT or 8080.")

    /// The flags of `health` and `wait`.
    static let probe = [
        url, Flag(name: "timeout", placeholder: "TIME", standard: "10s", help: "When to give up: 500ms, 10s, 2m."),
    ]

    /// The flags of `validate`: what a seed is checked by.
    static let validate = serve.filter { $0.name == "sensay-schema" }

    /// The flag that opens the control plane of a server elsewhere.
    static let adminToken = Flag(
        name: "admin-token", placeholder: "T", standard: nil,
        help: "The server's --admin-token, when it is not on this machine.")

    /// The flags that `reset` has beside those of `probe`.
    static let reset = [
        Flag(name: "sandbox", placeholder: "NAME", standard: nil, help: "The sandbox to empty; by default all."),
        adminToken,
    ]
}
