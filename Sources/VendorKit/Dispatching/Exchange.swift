package import HTTPServer

/// One request with its answer, as logs and journals see it.
package struct Exchange: Sendable {
    /// The request's number; nil when it was for no vendor.
    package let number: Int64?
    /// The vendor's name; nil when it was for none.
    package let vendor: String?
    /// The operation's name, when the request reached one.
    package let operation: String?
    /// The sandbox, when the request was admitted to one.
    package let sandbox: String?
    /// When it was answered, in milliseconds since 1970 UTC.
    package let time: Int64
    /// What decided the answer, when a vendor gave it.
    package internal(set) var why: Why?
    /// The request.
    package let request: Request
    /// The answer, as it is sent.
    package var response: Response
    /// Nanoseconds from the beginning of its turn until the answers of the turn were settled.
    package internal(set) var elapsed: Int64 = 0

    /// Makes an exchange; `elapsed` is set when its turn is settled.
    package init(
        number: Int64?, vendor: String?, operation: String?, sandbox: String?, time: Int64, why: Why?,
        request: Request, response: Response, elapsed: Int64 = 0
    ) {
        self.number = number
        self.vendor = vendor
        self.operation = operation
        self.sandbox = sandbox
        self.time = time
        self.why = why
        self.request = request
        self.response = response
        self.elapsed = elapsed
    }
}
