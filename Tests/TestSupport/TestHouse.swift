package import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Vendors in front of a store in memory, asked in process: no socket, and a clock that stands still.
package struct TestHouse: Sendable {
    /// The store.
    package let store: UserStore
    /// The clock, at 2026-01-02T03:04:05.678Z until it is moved.
    package let clock: Clock
    /// What the server would call.
    package let dispatcher: Dispatcher
    /// What was reported.
    package let reports = Reports()

    /// Opens the house for some vendors.
    package init(_ vendors: any Vendor..., store: UserStore? = nil) throws {
        try self.init(vendors, store: store, reporters: []) { _, _ in nil }
    }

    /// Opens the house with a control plane.
    ///
    /// - Parameters:
    ///   - reporters: hear what happens, beside ``reports``.
    ///   - control: makes the control plane of the house's store and clock.
    package init(
        _ vendors: [any Vendor], store: UserStore? = nil, reporters: [any Reporter], faults: (any FaultSource)? = nil,
        control: (UserStore, Clock) -> (any ControlPlane)?
    ) throws {
        self.store = try store ?? UserStore(at: .memory)
        clock = Clock(at: 1_767_323_045_678)
        dispatcher = Dispatcher(
            vendors, store: self.store, clock: clock, bodyLimit: Limits().body,
            reporter: Reporters([reports] + reporters), control: control(self.store, clock), faults: faults)
    }

    /// Sends one request, through the parser that reads the wire.
    @discardableResult
    package func send(
        _ method: Method, _ target: String, _ fields: [(String, String)] = [], body: String? = nil
    ) throws -> TestAnswer {
        let bytes = body.map { Array($0.utf8) }
        return try send([Request.make(method, target, fields: fields, body: bytes)])[0]
    }

    /// Sends requests that one turn of the loop found together.
    package func send(_ requests: [Request]) -> [TestAnswer] {
        dispatcher.respond(to: requests).map(TestAnswer.init)
    }
}

/// An answer, with what tests look at.
package struct TestAnswer: Sendable {
    /// The answer as the vendor would give it: without the fields in which Understudy explains it.
    package let response: Response
    /// All fields, those of Understudy too.
    private let allFields: ResponseFields
    /// The body, parsed once however many of its values a test looks at; nil where it is no JSON.
    private let value: JSONValue?

    /// Wraps an answer.
    package init(_ response: Response) {
        allFields = response.fields
        var own = response
        let lines = String(decoding: response.fields.bytes, as: UTF8.self).split(separator: "\r\n")
        let kept = lines.filter { !$0.hasPrefix("X-Understudy-") }.map { $0 + "\r\n" }.joined()
        own.fields = ResponseFields(encoded: Array(kept.utf8)) ?? response.fields
        self.response = own
        value = try? JSONValue(parsing: response.body)
    }

    /// The status code.
    package var status: Int { response.status.code }
    /// The body as text.
    package var text: String { String(decoding: response.body, as: UTF8.self) }

    /// The value of a field, or nil.
    package subscript(field: FieldName) -> String? { allFields[field] }

    /// The value at a dotted path of the JSON body (`error.type`, `details.0.code`), as text: strings bare, all
    /// else as JSON; nil where there is none.
    package func at(_ path: String) -> String? {
        guard var value else { return nil }
        for step in path.split(separator: ".") {
            switch value {
            case .object(let object):
                guard let next = object[String(step)] else { return nil }
                value = next
            case .array(let elements):
                guard let index = Int(step), elements.indices.contains(index) else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        if case .string(let text) = value { return text }
        var writer = JSONWriter(reserving: 64)
        writer.value(value)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The names of the members of the JSON body, or of the object at a dotted path, in order.
    package func names(at path: String = "") -> [String] {
        let text = path.isEmpty ? self.text : at(path) ?? ""
        guard case .object(let object)? = try? JSONValue(parsing: Array(text.utf8)) else { return [] }
        return object.members.map(\.name)
    }
}

/// Keeps what a dispatcher reports.
package final class Reports: Reporter {
    private let kept = Locked<(exchanges: [Exchange], failures: [String])>(([], []))

    package func finished(_ exchanges: [Exchange]) {
        kept.withLock { $0.exchanges += exchanges }
    }

    package func failed(_ message: String) {
        kept.withLock { $0.failures.append(message) }
    }

    /// The exchanges so far.
    package var exchanges: [Exchange] { kept.withLock(\.exchanges) }
    /// The failures so far.
    package var failures: [String] { kept.withLock(\.failures) }
}
