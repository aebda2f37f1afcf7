import JSON

/// What opens sandboxes at one vendor: `BASE` opens `default`, and `BASE.NAME` opens NAME.
///
/// Tests that run side by side need no set-up: each takes a name of its own, and one name used with all four
/// vendors is one sandbox. (Evidence: ours.)
package struct SandboxKey: Sendable {
    /// The credential that opens the sandbox `default`.
    package let base: String
    /// The sandbox that the bare credential opens.
    package static let defaultSandbox = "default"
    /// Longest name of a sandbox, in bytes.
    package static let maximumNameLength = 64

    /// Takes a base of at least one character.
    package init(_ base: String) {
        self.base = base
    }

    /// The name of the sandbox that a credential opens, or nil when it opens none.
    package func sandbox(openedBy credential: String) -> String? {
        guard credential.beginsWithBytes(of: base) else { return nil }
        let rest = credential.utf8.dropFirst(base.utf8.count)
        if rest.isEmpty { return Self.defaultSandbox }
        guard rest.first == UInt8(ascii: ".") else { return nil }
        let name = rest.dropFirst()
        guard Self.isName(name) else { return nil }
        return String(decoding: name, as: UTF8.self)
    }

    /// The credential that opens a sandbox.
    package func credential(for sandbox: String) -> String {
        sandbox == Self.defaultSandbox ? base : "\(base).\(sandbox)"
    }

    /// Whether a text can be the name of a sandbox.
    package static func isSandboxName(_ text: String) -> Bool { isName(text.utf8[...]) }

    private static func isName(_ name: Substring.UTF8View) -> Bool {
        (1...maximumNameLength).contains(name.count) && name.allSatisfy(isNameByte)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
