/// An answer, as the handler gives it.
///
/// The encoder adds `Date`, `Content-Length` and, where the connection's fate must be said, `Connection`; it leaves
/// the body out of answers to HEAD, 204 and 304 (RFC 9110 6.4.1).
package struct Response: Sendable, Equatable {
    /// The status line.
    package var status: Status
    /// All fields but the ones that the server writes itself.
    package var fields: ResponseFields
    /// The content, as GET would be given it.
    package var body: [UInt8]
    /// Whether the connection ends with the answers of this turn, however much the client would like to keep it.
    package var closesConnection: Bool
    /// How the answer reaches its client.
    package var delivery = Delivery.normal
    /// What `Date` says, in seconds since 1970 in UTC, where it is not the time of sending: a test has moved the
    /// clock.
    package var date: Int64?
    /// What of the answer comes later; nil when it is whole.
    package var continuation: Continuation?

    /// Makes an answer; without arguments but the status it has no content.
    package init(
        _ status: Status, fields: ResponseFields = ResponseFields(), body: [UInt8] = [], closesConnection: Bool = false
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.closesConnection = closesConnection
    }
}
