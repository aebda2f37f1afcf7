/// The status of an answer (RFC 9110 15): three digits and the phrase that goes with them.
package struct Status: Hashable, Sendable {
    package let code: Int
    /// The reason phrase, which no client may rely on.
    package let reason: String

    /// Makes a final status; a code outside 200...599 is taken for 500, because no other can end an exchange.
    package init(_ code: Int, _ reason: String) {
        let isFinal = (200...599).contains(code)
        self.code = isFinal ? code : 500
        self.reason =
            isFinal && reason.utf8.allSatisfy(\.isFieldContent) ? reason : isFinal ? "" : "Internal Server Error"
    }

    /// The status of that code with its usual phrase, as a stored answer is given back.
    package init(code: Int) {
        self = Self.known.first { $0.code == code } ?? Status(code, "")
    }

    package static func == (left: Status, right: Status) -> Bool { left.code == right.code }
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    package static let ok = Status(200, "OK")
    package static let created = Status(201, "Created")
    package static let accepted = Status(202, "Accepted")
    package static let noContent = Status(204, "No Content")
    package static let movedPermanently = Status(301, "Moved Permanently")
    package static let found = Status(302, "Found")
    package static let notModified = Status(304, "Not Modified")
    package static let permanentRedirect = Status(308, "Permanent Redirect")
    package static let badRequest = Status(400, "Bad Request")
    package static let unauthorized = Status(401, "Unauthorized")
    package static let paymentRequired = Status(402, "Payment Required")
    package static let forbidden = Status(403, "Forbidden")
    package static let notFound = Status(404, "Not Found")
    package static let methodNotAllowed = Status(405, "Method Not Allowed")
    package static let notAcceptable = Status(406, "Not Acceptable")
    package static let requestTimeout = Status(408, "Request Timeout")
    package static let conflict = Status(409, "Conflict")
    package static let gone = Status(410, "Gone")
    package static let lengthRequired = Status(411, "Length Required")
    package static let preconditionFailed = Status(412, "Precondition Failed")
    package static let contentTooLarge = Status(413, "Content Too Large")
    package static let uriTooLong = Status(414, "URI Too Long")
    package static let unsupportedMediaType = Status(415, "Unsupported Media Type")
    package static let expectationFailed = Status(417, "Expectation Failed")
    package static let misdirectedRequest = Status(421, "Misdirected Request")
    package static let unprocessableContent = Status(422, "Unprocessable Content")
    package static let tooManyRequests = Status(429, "Too Many Requests")
    package static let requestHeaderFieldsTooLarge = Status(431, "Request Header Fields Too Large")
    package static let internalServerError = Status(500, "Internal Server Error")
    package static let notImplemented = Status(501, "Not Implemented")
    package static let badGateway = Status(502, "Bad Gateway")
    package static let serviceUnavailable = Status(503, "Service Unavailable")
    package static let gatewayTimeout = Status(504, "Gateway Timeout")
    package static let httpVersionNotSupported = Status(505, "HTTP Version Not Supported")

    private static let known: [Status] = [
        ok, created, accepted, noContent, movedPermanently, found, notModified, permanentRedirect, badRequest,
        unauthorized, paymentRequired, forbidden, notFound, methodNotAllowed, notAcceptable, requestTimeout, conflict,
        gone, lengthRequired, preconditionFailed, contentTooLarge, uriTooLong, unsupportedMediaType, expectationFailed,
        misdirectedRequest, unprocessableContent, tooManyRequests, requestHeaderFieldsTooLarge, internalServerError,
        notImplemented, badGateway, serviceUnavailable, gatewayTimeout, httpVersionNotSupported,
    ]
}
