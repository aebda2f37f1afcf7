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

    /// Names that begin like ours.
    var ours: [String] {
        values.keys.filter { $0.hasPrefix("UNDERSTUDY_") }.sorted()
    }
}
