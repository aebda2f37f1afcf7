/// The status of an answer (RFC 9110 15): three digits and the phrase that goes with them.
package struct Status: Hashable, Sendable {
    /// 200 to 599.
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

    /// Whether an answer to GET has content: not with 204, 205 and 304 (RFC 9110 6.4.1, 15.3.6).
    var allowsContent: Bool { code != 204 && code != 205 && code != 304 }

    /// Compares codes; the phrase says nothing of its own.
    package static func == (left: Status, right: Status) -> Bool { left.code == right.code }
    /// Hashes the code.
    package func hash(into hasher: inout Hasher) { hasher.combine(code) }

    /// RFC 9110 15.3.1.
    package static let ok = Status(200, "OK")
    /// RFC 9110 15.3.2.
    package static let created = Status(201, "Created")
    /// RFC 9110 15.3.3.
    package static let accepted = Status(202, "Accepted")
    /// RFC 9110 15.3.5.
    package static let noContent = Status(204, "No Content")
    /// RFC 9110 15.4.2.
    package static let movedPermanently = Status(301, "Moved Permanently")
    /// RFC 9110 15.4.3.
    package static let found = Status(302, "Found")
    /// RFC 9110 15.4.5.
    package static let notModified = Status(304, "Not Modified")
    /// RFC 9110 15.4.9.
    package static let permanentRedirect = Status(308, "Permanent Redirect")
    /// RFC 9110 15.5.1.
    package static let badRequest = Status(400, "Bad Request")
    /// RFC 9110 15.5.2.
    package static let unauthorized = Status(401, "Unauthorized")
    /// RFC 9110 15.5.3.
    package static let paymentRequired = Status(402, "Payment Required")
    /// RFC 9110 15.5.4.
    package static let forbidden = Status(403, "Forbidden")
    /// RFC 9110 15.5.5.
    package static let notFound = Status(404, "Not Found")
    /// RFC 9110 15.5.6.
    package static let methodNotAllowed = Status(405, "Method Not Allowed")
    /// RFC 9110 15.5.7.
    package static let notAcceptable = Status(406, "Not Acceptable")
    /// RFC 9110 15.5.9.
    package static let requestTimeout = Status(408, "Request Timeout")
    /// RFC 9110 15.5.10.
    package static let conflict = Status(409, "Conflict")
    /// RFC 9110 15.5.11.
    package static let gone = Status(410, "Gone")
    /// RFC 9110 15.5.12.
    package static let lengthRequired = Status(411, "Length Required")
    /// RFC 9110 15.5.13.
    package static let preconditionFailed = Status(412, "Precondition Failed")
    /// RFC 9110 15.5.14.
    package static let contentTooLarge = Status(413, "Content Too Large")
    /// RFC 9110 15.5.15.
    package static let uriTooLong = Status(414, "URI Too Long")
    /// RFC 9110 15.5.16.
    package static let unsupportedMediaType = Status(415, "Unsupported Media Type")
    /// RFC 9110 15.5.18.
    package static let expectationFailed = Status(417, "Expectation Failed")
    /// RFC 9110 15.5.20.
    package static let misdirectedRequest = Status(421, "Misdirected Request")
    /// RFC 9110 15.5.21.
    package static let unprocessableContent = Status(422, "Unprocessable Content")
    /// RFC 6585 4.
    package static let tooManyRequests = Status(429, "Too Many Requests")
    /// RFC 6585 5.
    package static let requestHeaderFieldsTooLarge = Status(431, "Request Header Fields Too Large")
    /// RFC 9110 15.6.1.
    package static let internalServerError = Status(500, "Internal Server Error")
    /// RFC 9110 15.6.2.
    package static let notImplemented = Status(501, "Not Implemented")
    /// RFC 9110 15.6.3.
    package static let badGateway = Status(502, "Bad Gateway")
    /// RFC 9110 15.6.4.
    package static let serviceUnavailable = Status(503, "Service Unavailable")
    /// RFC 9110 15.6.5.
    package static let gatewayTimeout = Status(504, "Gateway Timeout")
    /// RFC 9110 15.6.6.
    package static let httpVersionNotSupported = Status(505, "HTTP Version Not Supported")

    private static let known: [Status] = [
        ok, created, accepted, noContent, movedPermanently, found, notModified, permanentRedirect, badRequest,
        unauthorized, paymentRequired, forbidden, notFound, methodNotAllowed, notAcceptable, requestTimeout, conflict,
        gone, lengthRequired, preconditionFailed, contentTooLarge, uriTooLong, unsupportedMediaType, expectationFailed,
        misdirectedRequest, unprocessableContent, tooManyRequests, requestHeaderFieldsTooLarge, internalServerError,
        notImplemented, badGateway, serviceUnavailable, gatewayTimeout, httpVersionNotSupported,
    ]
}
