/// The rules that hold at every vendor, because they are HTTP's or JSON's and no vendor says otherwise.
package enum KitRules {
    /// A path that the vendor does not document is not found.
    package static let knownPath = Rule("known_path", .convention, "RFC 9110 15.5.5")
    /// A method that the path does not have is refused, with `Allow`.
    package static let knownMethod = Rule("known_method", .convention, "RFC 9110 15.5.6")
    /// A path that the vendor has and Understudy does not serve is answered 501, and never as if it did not exist.
    package static let unserved = Rule("unserved", .ours, "the vendor has this path, and Understudy does not serve it")
    /// A field that is no list must be sent once.
    package static let singleField = Rule("single_field", .convention, "RFC 9110 5.3")
    /// A body of more than 1 MiB is refused.
    package static let bodyLimit = Rule("body_limit", .convention, "RFC 9110 15.5.14; the number is ours")
    /// A body must be declared as application/json.
    package static let mediaType = Rule("media_type", .convention, "RFC 9110 15.5.16")
    /// A body must not be packed in a way that the operation does not take.
    package static let contentCoding = Rule("content_coding", .convention, "RFC 9110 15.5.16 and 8.4")
    /// A packed body must come whole: its checksum and its length must be right.
    package static let wholeCoding = Rule("whole_coding", .convention, "RFC 1951 and RFC 1952")
    /// A PUT replaces the whole, and what says that it is a part must not be taken for that.
    package static let wholePut = Rule("whole_put", .convention, "RFC 9110 14.5")
    /// A body must be JSON to the letter.
    package static let strictJSON = Rule("strict_json", .convention, "RFC 8259; unique members by RFC 7493 2.3")
    /// A test wants the answer to be this.
    package static let injected = Rule("injected", .ours, "a fault rule of the control plane, or Prefer")
    /// The operation did what its page says.
    package static let served = Rule("served", .documented, "the operation's own page")
    /// A seed may choose ids that clients cannot.
    package static let chosenID = Rule("chosen_id", .ours, "a seed says which id a user gets")
    /// What the store refuses to keep is our failure and not the caller's.
    package static let store = Rule("store", .ours, "an answer always means that the change was committed")
}
