package import HTTPServer

/// What a vendor lets a web page of another origin do (the CORS protocol of the Fetch standard).
///
/// The fields are sent only to requests that carry `Origin`; everybody else is spared the bytes. (Evidence:
/// convention; what a vendor is known to send stands with the vendor.)
package struct CrossOrigin: Sendable {
    /// Fields of every answer, beside `Access-Control-Allow-Origin`.
    private let answerFields: [(String, String)]
    private let allowedHeaders: String
    private let allowedMethods: [Method]?
    private let echoesOrigin: Bool
    private let optionsStatus: Status

    /// Describes a vendor's policy.
    ///
    /// - Parameters:
    ///   - echoesOrigin: whether the page's origin is named, with credentials allowed, instead of `*`.
    ///   - allowedHeaders: request header fields that a page may set.
    ///   - allowedMethods: what a preflight allows on every path; nil for what the path has.
    ///   - exposedHeaders: response header fields that a page may read.
    ///   - optionsStatus: the status of the answer to OPTIONS.
    package init(
        echoesOrigin: Bool = false, allowedHeaders: [String], allowedMethods: [Method]? = nil,
        exposedHeaders: [String] = [], optionsStatus: Status = .noContent
    ) {
        self.echoesOrigin = echoesOrigin
        self.allowedHeaders = allowedHeaders.joined(separator: ", ")
        self.allowedMethods = allowedMethods
        self.optionsStatus = optionsStatus
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

    /// Answers OPTIONS for a path that has these methods, also when it is a preflight.
    func options(_ request: Request, _ methods: [Method]) -> Response {
        var fields = ResponseFields(("Allow", Self.list(methods)))
        grant(request, in: &fields)
        if request.fields.contains(.accessControlRequestMethod) {
            fields.append("Access-Control-Allow-Methods", Self.list(allowedMethods ?? methods))
            fields.append("Access-Control-Allow-Headers", allowedHeaders)
            fields.append("Access-Control-Max-Age", "600")
        }
        return Response(optionsStatus, fields: fields)
    }

    /// Methods as a field lists them.
    static func list(_ methods: [Method]) -> String {
        methods.map(\.name).joined(separator: ", ")
    }
}
