package import HTTPServer
package import JSON
package import UserStore

/// The request by which a vendor's own clients create a user.
package struct Creation: Sendable {
    /// The operation's method.
    let method: Method
    /// The operation's path, without the vendor's prefix.
    let path: String
    /// What the request's header carries: the credential of a sandbox, and whatever else chooses where the user goes.
    let fields: [(String, String)]
    /// What the request's body holds.
    let body: JSONObject

    /// Describes a request.
    package init(_ method: Method, _ path: String, fields: [(String, String)], body: JSONObject) {
        self.method = method
        self.path = path
        self.fields = fields
        self.body = body
    }
}

extension Vendor {
    /// Creates a user in a sandbox by the vendor's own operation, so that the vendor's own rules check it; within the
    /// request of a batch, where it stays or goes with everything else.
    ///
    /// - Parameters:
    ///   - number: the number of the request that made it.
    ///   - now: the sandbox's time.
    /// - Throws: `NotCreated`, with what the vendor would have answered.
    package func create(
        _ body: JSONObject, in sandbox: String, number: Int64, now: Int64, _ batch: inout Batch
    ) throws(NotCreated) {
        let creation = creation(of: body, in: sandbox)
        guard let operation = operations.first(where: { $0.method == creation.method && $0.path == creation.path })
        else { throw NotCreated("\(name) has no operation \(creation.method.name) \(creation.path)") }
        for (field, value) in creation.fields where !value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            throw NotCreated("\(field) must not hold control characters")
        }
        var json = JSONWriter(reserving: 512)
        json.value(.object(creation.body))
        let request: Request
        do throws(Refusal) {
            request = try Request.make(
                creation.method, "/\(name)\(creation.path)",
                fields: creation.fields + [("Content-Type", "application/json")], body: json.bytes)
        } catch {
            throw NotCreated(error.message)
        }
        var call = Call(request, path: creation.path, number: number, now: now, bodyLimit: Limits().body)
        do throws(Problem) {
            _ = try operation.answer(&call, &batch) { _ in }
        } catch {
            if case .internal(let detail) = error.kind { throw NotCreated(detail, error) }
            let response = render(error, of: call)
            let text = String(decoding: response.body, as: UTF8.self)
            throw NotCreated("\(name) answers \(response.status.code) \(text)", error)
        }
    }
}

/// Why a vendor did not create a user.
package struct NotCreated: Error {
    /// What the vendor would have answered, for a person.
    package let message: String
    /// What went wrong, where it came as far as the operation.
    package let problem: Problem?

    init(_ message: String, _ problem: Problem? = nil) {
        self.message = message
        self.problem = problem
    }
}
