/// The version of the program and the library, which are one.
package enum Version {
    /// By semantic versioning.
    package static let current = "0.1.0"
}
