/// The names of one object so far, to notice a name that comes twice in time linear in the object's size.
struct SeenNames {
    /// All the names, once there are too many to compare each new one with all others; empty before.
    private var set: Set<Name> = []

    /// Tells whether one of the members has this name, which is then taken as seen.
    ///
    /// Call it once for each name, with the members that came before it.
    mutating func contains(_ name: String, among members: [JSONObject.Member]) -> Bool {
        // A request has a handful of members, for which a set costs more than it saves.
        if members.count < 32 {
            let members = members.span
            for index in members.indices where members[index].name.hasSameBytes(as: name) { return true }
            return false
        }
        if set.isEmpty {
            for member in members { set.insert(Name(text: member.name)) }
        }
        return !set.insert(Name(text: name)).inserted
    }
}

/// A name that hashes and compares by its bytes, where `String` would do so by canonical equivalence.
private struct Name: Hashable {
    let text: String

    static func == (left: Name, right: Name) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
        let span = text.utf8Span.span
        unsafe span.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }
}
