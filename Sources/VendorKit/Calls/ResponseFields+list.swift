package import HTTPServer

extension ResponseFields {
    /// Makes fields from names and values, for constants.
    package init(_ fields: (String, String)...) {
        self.init()
        for (name, value) in fields { append(name, value) }
    }
}
