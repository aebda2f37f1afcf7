/// Hides secrets where past requests are shown.
enum Redaction {
    /// The fields that carry a secret, in lower case.
    private static let secret: Set<String> = [
        "authorization", "cookie", "proxy-authorization", "x-api-key", "x-organization-secret", "client-session-token",
        "seam-client-session-token",
    ]

    /// What stands in a secret's place.
    static let mark = "[redacted]"

    /// A field's value as it may be shown: a secret's scheme stays, so that one still sees what kind it was.
    static func value(_ value: String, of name: String) -> String {
        guard secret.contains(name.lowercased()) else { return value }
        let parts = value.split(separator: " ", maxSplits: 1)
        return parts.count == 2 ? "\(parts[0]) \(mark)" : mark
    }
}
