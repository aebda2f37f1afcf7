/// The numbers of Pulse's kinds of claim in the store.
enum ClaimKind {
    /// A user's email.
    static let email: UInt8 = 1
    /// The id of an account that a seed added.
    static let account: UInt8 = 2
    /// The name of a role that a seed added.
    static let role: UInt8 = 3
    /// The id of a team.
    static let team: UInt8 = 4
    /// A user's id, of which the store takes care itself: the kind only says what was taken.
    static let id: UInt8 = 5
}
