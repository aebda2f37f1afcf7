extension String {
    /// The text as one word of a POSIX shell, which reads nothing into it.
    package var shellWord: String { "'\(substituting("'", with: #"'\''"#))'" }
}
