/// The program as a whole.
package enum Understudy {
    /// The version, by semantic versioning.
    package static let version = "0.1.0"
}
