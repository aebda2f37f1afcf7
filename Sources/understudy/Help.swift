import HTTPServer
import VendorKit

/// The texts that explain the program, made from the commands and flags themselves.
enum Help {
    /// All commands, and the flags of `serve`.
    static var overview: String {
        var text =
            "Understudy answers as Sensay, Connect, Seam and Pulse would when a user is created: no account, no network.\n\n"
        text += "Usage: understudy [COMMAND] [FLAGS]\n\nCommands:\n"
        text += table(Command.allCases.map { ($0.rawValue, $0.summary) })
        text += "\nFlags of serve:\n" + flags(Flag.serve)
        text += "\nexec takes the same flags, but its defaults are a free port, :memory: and --log off.\n"
        text += "\nvalidate takes --sensay-schema.\n"
        text += "\nFlags of health, wait, reset, export and import; env takes --url:\n" + flags(Flag.probe)
        text += "\nFurther flags of reset; export and import take --admin-token:\n" + flags(Flag.reset)
        return text + footer(Flag.serve)
    }

    /// One command and its flags.
    static func text(for command: Command) -> String {
        var text = "\(command.summary)\n\nUsage: understudy \(command.rawValue)\(command.usage)\n"
        if let example = command.example { text += "\n\(example)\n" }
        if !command.flags.isEmpty { text += "\nFlags:\n" + flags(command.flags) + footer(command.flags) }
        return text
    }

    /// Every operation, with the prefix under which it is always reached, and what is known and not served.
    static func routes(_ vendors: [any Vendor]) -> String {
        let rows = vendors.flatMap { vendor in
            vendor.operations.map { ($0.method.name, "/\(vendor.name)\($0.path)") }
        }
        let unserved = vendors.flatMap { vendor in
            vendor.unserved.map { ($0.method?.name ?? "any", "/\(vendor.name)\($0.path)") }
        }
        return table([("GET", "/healthz")] + rows) + "\nKnown and not served, answered 501:\n" + table(unserved)
    }

    private static func footer(_ flags: [Flag]) -> String {
        // A name of two words shows how variables are spelt.
        guard let flag = flags.first(where: { $0.name.contains("-") }) ?? flags.first else { return "" }
        return """

            Each flag is also a variable: --\(flag.name) is \(flag.variable). A flag wins over its variable; PORT is honoured too.

            """
    }

    private static func flags(_ flags: [Flag]) -> String {
        table(
            flags.map { flag in
                (flag.usage, flag.help + (flag.standard.map { " [\($0)]" } ?? ""))
            })
    }

    private static func table(_ rows: [(String, String)]) -> String {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count + 2))\($0.1)\n" }.joined()
    }
}
