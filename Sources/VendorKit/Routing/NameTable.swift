import JSON

/// Values by the bytes of their names, which nobody adds to once it is made.
///
/// Names are sorted by their length, and the few of one length are compared: a dictionary hashes the name first, and the
/// four names of a GET's way took 1,900 instructions to hash.
struct NameTable<Value: Sendable>: Sendable {
    private var byLength: [[(name: String, value: Value)]] = []

    /// Takes values with their names; where a name comes twice, the first value stays.
    init(_ entries: some Sequence<(String, Value)>) {
        for (name, value) in entries where self[name] == nil {
            let length = name.utf8.count
            while byLength.count <= length { byLength.append([]) }
            byLength[length].append((name, value))
        }
    }

    /// The value of a name, or nil when it has none.
    subscript(name: String) -> Value? {
        let length = name.utf8.count
        guard length < byLength.count else { return nil }
        return byLength[length].first { $0.name.hasSameBytes(as: name) }?.value
    }
}
