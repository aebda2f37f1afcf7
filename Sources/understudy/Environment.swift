import Glibc

/// The process's environment variables.
struct Environment: Sendable {
    private let values: [String: String]

    /// Takes variables from a dictionary.
    init(_ values: [String: String]) {
        self.values = values
    }

    /// The variables that this process was started with.
    static var current: Environment {
        var values: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let parts = unsafe String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
            unsafe entry += 1
        }
        return Environment(values)
    }

    /// The value of a variable; an empty one counts as absent.
    subscript(name: String) -> String? {
        values[name].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The same without a variable.
    func without(_ name: String) -> Environment {
        Environment(values.filter { $0.key != name })
    }

    /// The variables as a process takes them, `NAME=value`, with some set anew.
    func entries(setting others: [(name: String, value: String)]) -> [String] {
        values.merging(others.map { ($0.name, $0.value) }) { $1 }.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// The variable that sets a flag, with its value; nil when none does.
    ///
    /// `PORT`, which many platforms set, stands behind `UNDERSTUDY_PORT`.
    func value(of flag: Flag) -> (variable: String, value: String)? {
        let names = flag.name == "port" ? [flag.variable, "PORT"] : [flag.variable]
        for name in names {
            if let value = self[name], !Self.isServiceLink(name, value) { return (name, value) }
        }
        return nil
    }

    /// Names that begin like ours and have a value.
    var ours: [String] {
        values.filter { $0.key.hasPrefix("UNDERSTUDY_") && !$0.value.isEmpty && !Self.isServiceLink($0.key, $0.value) }
            .keys.sorted()
    }

    /// Tells whether a variable is one that Kubernetes and Docker give to the neighbours of a service named
    /// `understudy`, such as `UNDERSTUDY_PORT=tcp://10.0.0.1:8080`; nobody meant it as a setting.
    private static func isServiceLink(_ name: String, _ value: String) -> Bool {
        if name == "UNDERSTUDY_PORT" { return value.hasPrefix("tcp://") || value.hasPrefix("udp://") }
        guard name.hasPrefix("UNDERSTUDY_SERVICE_") || name.hasPrefix("UNDERSTUDY_PORT_") else { return false }
        return name.utf8.dropFirst(16).first.map { (48...57).contains($0) } ?? false
            || name.hasPrefix("UNDERSTUDY_SERVICE_HOST") || name.hasPrefix("UNDERSTUDY_SERVICE_PORT")
    }
}
