/// The members of one object in the order they were sent, found by the bytes of their names (RFC 8259 §4).
///
/// An array searched from its start, not a dictionary: the objects of a request have a handful of members, and their order
/// is kept for the one who gets them back. A look-up reads all names, so whoever wants all of a big object goes through
/// ``members`` instead.
package struct JSONObject: Sendable, Equatable {
    /// A name with its value.
    package struct Member: Sendable, Equatable {
        /// The name with its escapes undone.
        package let name: String
        /// What the name stands for in this object.
        package let value: JSONValue

        /// Makes a member.
        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }

        /// Tells whether names and values are the same by their bytes.
        package static func == (left: Member, right: Member) -> Bool {
            left.name.hasSameBytes(as: right.name) && left.value == right.value
        }
    }

    /// The members, first to last; a parsed object has no name twice.
    package private(set) var members: [Member]

    /// Makes an object without members.
    package init() {
        members = []
    }

    /// Takes members whose names the caller knows to be distinct.
    init(distinct members: [Member]) {
        self.members = members
    }

    /// Whether it has no members, as `{}`.
    package var isEmpty: Bool { members.isEmpty }

    /// Adds a member at the end without looking whether the name is there already, in constant time; the subscript looks.
    package mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }

    /// The value of the member whose name has exactly these bytes, or nil.
    ///
    /// Names that Swift's `==` holds equal, such as a composed and a decomposed é, are two names here. Setting replaces the
    /// value where the member stands, adds it at the end where there is none, and with nil removes it.
    package subscript(name: String) -> JSONValue? {
        get {
            // Through a span: a loop over the array retains and releases every member, 3 ns each.
            let members = members.span
            for index in members.indices where members[index].name.hasSameBytes(as: name) {
                return members[index].value
            }
            return nil
        }
        set {
            let index = members.firstIndex { $0.name.hasSameBytes(as: name) }
            switch (index, newValue) {
            case (let index?, let value?): members[index] = Member(name: name, value: value)
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): append(name, value)
            case (nil, nil): break
            }
        }
    }
}
