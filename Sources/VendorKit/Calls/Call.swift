package import HTTPServer
package import JSON

/// One request on its way through one vendor's operation, with what the vendor may know of it.
package struct Call: Sendable {
    /// The request as it came.
    package let request: Request
    /// The path without the vendor's prefix, as the vendor would see it.
    package let path: String
    /// The values of the operation's path parameters, decoded, in order.
    package let parameters: [String]
    /// The request's number: it grows, and is never used twice in one store.
    package let number: Int64
    /// When the request is answered, in milliseconds since 1970 UTC.
    package internal(set) var now: Int64
    /// The longest body that is read, in bytes.
    package let bodyLimit: Int

    /// The sandbox that the call was admitted to, once it was.
    package var sandbox: String?

    /// How the body may be packed, by the operation.
    var codings: [ContentCoding] = []

    /// What decided the answer, once something did.
    package var why: Why?

    /// The id that a seed chose for what the call creates; no client can.
    package internal(set) var chosenID: JSONValue?

    /// What goes wrong with it on purpose.
    var fault: Fault?

    /// The answers that have not left yet.
    var held: HeldAnswers?

    /// Describes a request to an operation.
    package init(
        _ request: Request, path: String, parameters: [String] = [], number: Int64, now: Int64, bodyLimit: Int
    ) {
        self.request = request
        self.path = path
        self.parameters = parameters
        self.number = number
        self.now = now
        self.bodyLimit = bodyLimit
    }

    /// The body's bytes; empty when there is none.
    package var body: [UInt8] {
        if case .bytes(let bytes) = request.body { bytes } else { [] }
    }

    /// Whether the answer to an earlier request, by its number, is still held back on purpose.
    package func isUnderWay(_ request: Int64) -> Bool {
        held?.holds(request) ?? false
    }

    /// The value of a field that must not be repeated, or nil when it is absent.
    ///
    /// - Throws: `badField` when it came more than once (RFC 9110 5.3: only lists may).
    package func single(_ name: FieldName) throws(Problem) -> String? {
        // Counted first: an array of values costs 400 instructions more than looking twice.
        guard request.fields.count(of: name) <= 1 else {
            throw Problem(
                .badField(name: name.lowercased, message: "must be sent once, not several times"),
                by: KitRules.singleField)
        }
        return request.fields[name]
    }

    /// The body as JSON.
    ///
    /// - Throws: `malformedJSON`, also for a body of no bytes; `badField` and `tooLarge` for a packed body that is
    ///   damaged or unpacks to more than the limit.
    package func json() throws(Problem) -> JSONValue {
        let text = try unpacked()
        do throws(JSONError) {
            return try JSONValue(parsing: text)
        } catch {
            throw Problem(.malformedJSON(error), by: KitRules.strictJSON)
        }
    }

    /// Checks what can be known of a body before it is read: its length first, then what it is said to be.
    ///
    /// A request without a body needs no Content-Type. (Evidence: Sensay's and Seam's own clients send none.)
    func checkBody() throws(Problem) {
        switch request.body {
        case .none: return
        case .tooLarge: throw Problem(.tooLarge(limit: bodyLimit), by: KitRules.bodyLimit)
        case .bytes(let bytes): if bytes.isEmpty { return }
        }
        try checkMediaType()
    }

    /// Checks Content-Range, Content-Type and Content-Encoding as ``checkBody()`` does, for a body that has not come
    /// yet.
    func checkMediaType() throws(Problem) {
        let fields = request.fields
        guard request.method != .put || !fields.contains(.contentRange) else {
            let message = "is not taken: nothing can be put in parts"
            throw Problem(.badField(name: "content-range", message: message), by: KitRules.wholePut)
        }
        guard fields.count(of: .contentType) == 1, fields.allSatisfy(.contentType, MediaType.isJSON) else {
            throw Problem(.unsupportedMediaType, by: KitRules.mediaType)
        }
        _ = try contentCoding()
    }

    /// How the body is packed, or nil.
    ///
    /// RFC 9110 8.4: codings pile up over all the lines; `identity` is none, and clients send it all the same.
    /// - Throws: `unsupportedMediaType` for a coding that the operation does not take, and for more than one.
    private func contentCoding() throws(Problem) -> ContentCoding? {
        guard !request.fields.allSatisfy(.contentEncoding, { $0.spells("identity") }) else { return nil }
        let names = request.fields.values(of: "content-encoding").map { $0.lowercased() }.filter { $0 != "identity" }
        guard let name = names.first else { return nil }
        guard names.count == 1, let coding = ContentCoding(name), codings.contains(coding) else {
            throw Problem(.unsupportedMediaType, by: KitRules.contentCoding)
        }
        return coding
    }

    private func unpacked() throws(Problem) -> [UInt8] {
        let bytes = body
        guard !codings.isEmpty, !bytes.isEmpty, let coding = try contentCoding() else { return bytes }
        do throws(CodingError) {
            return try coding.decode(bytes, limit: bodyLimit)
        } catch .tooLarge {
            throw Problem(.tooLarge(limit: bodyLimit), by: KitRules.bodyLimit)
        } catch {
            let message = "Expected a whole body of this coding"
            throw Problem(.badField(name: "Content-Encoding", message: message), by: KitRules.wholeCoding)
        }
    }
}
