import HTTPServer

/// What a vendor lets a web page of another origin do (the CORS protocol of the Fetch standard).
///
/// The fields are sent only to requests that carry `Origin`; everybody else is spared the bytes.
package struct CrossOrigin: Sendable {
    /// Fields of every answer, beside `Access-Control-Allow-Origin`.
    private let answerFields: [(String, String)]
    private let allowedHeaders: String
    private let echoesOrigin: Bool

    /// Describes a vendor's policy.
    ///
    /// - Parameters:
    ///   - echoesOrigin: whether the page's origin is named, with credentials allowed, instead of `*`.
    ///   - allowedHeaders: request header fields that a page may set.
    ///   - exposedHeaders: response header fields that a page may read.
    package init(echoesOrigin: Bool = false, allowedHeaders: [String], exposedHeaders: [String] = []) {
        self.echoesOrigin = echoesOrigin
        self.allowedHeaders = allowedHeaders.joined(separator: ", ")
        answerFields =
            exposedHeaders.isEmpty ? [] : [("Access-Control-Expose-Headers", exposedHeaders.joined(separator: ", "))]
    }

    /// Adds what a page needs in order to read an answer.
    func grant(_ request: Request, in fields: inout ResponseFields) {
        guard let origin = request.fields[.origin] else { return }
        if echoesOrigin {
            fields.append("Access-Control-Allow-Origin", origin)
            fields.append("Access-Control-Allow-Credentials", "true")
            fields.append("Vary", "Origin")
        } else {
            fields.append("Access-Control-Allow-Origin", "*")
        }
        for (name, value) in answerFields { fields.append(name, value) }
    }

    /// Adds what a preflight asks for: methods and header fields that a page may use.
    func grantPreflight(_ methods: [Method], in fields: inout ResponseFields) {
        fields.append("Access-Control-Allow-Methods", methods.map(\.name).joined(separator: ", "))
        fields.append("Access-Control-Allow-Headers", allowedHeaders)
        fields.append("Access-Control-Max-Age", "600")
    }
}
