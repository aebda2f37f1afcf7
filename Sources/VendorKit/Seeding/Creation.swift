import HTTPServer
package import JSON
package import UserStore

/// The request by which a vendor's own clients create something, and what is chosen for it beyond what they can.
package struct Creation: Sendable {
    private let operation: Operation
    private let path: String
    private let parameters: [String]
    private let fields: [(String, String)]
    private let body: JSONObject
    /// The id that it is to have, in place of the one that it would get.
    private let id: JSONValue?
    /// Where in the seed's thing the request comes from, for a person: `.customers[0]`.
    private let place: String
    /// What is to be done once it is there, by the vendor's answer.
    private let next: @Sendable (JSONObject) -> [Creation]

    /// Describes a request.
    ///
    /// - Parameters:
    ///   - parameters: the values of the path's parameters, which need no percent-encoding.
    ///   - fields: the credential of a sandbox, and whatever else chooses where the user goes.
    package init(
        _ operation: Operation, parameters: [String] = [], fields: [(String, String)], body: JSONObject,
        id: JSONValue? = nil, at place: String = "", next: @escaping @Sendable (JSONObject) -> [Creation] = { _ in [] }
    ) {
        self.operation = operation
        self.parameters = parameters
        self.fields = fields
        self.body = body
        self.id = id
        self.place = place
        self.next = next
        var rest = parameters[...]
        path = operation.path.split(separator: "/").map { part in
            "/" + (part.hasPrefix("{") ? rest.popFirst() ?? "" : String(part))
        }.joined()
    }

    /// Carries the request out, and what comes next.
    fileprivate func run(
        by vendor: some Vendor, number: Int64, now: Int64, _ batch: inout Batch
    ) throws(NotCreated) {
        for (field, value) in fields where !value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
            throw NotCreated([(place, "\(field) must not hold control characters")])
        }
        var json = JSONWriter(reserving: 512)
        json.value(.object(body))
        let request: Request
        do throws(Refusal) {
            request = try Request.make(
                operation.method, "/\(vendor.name)\(path)",
                fields: fields + [("Content-Type", "application/json")], body: json.bytes)
        } catch {
            throw NotCreated([(place, error.message)])
        }
        var call = Call(
            request, path: path, parameters: parameters, number: number, now: now, bodyLimit: Limits().body)
        call.chosenID = id
        let response: Response
        do throws(Problem) {
            response = try operation.answer(&call, &batch) { _ in }
        } catch {
            throw NotCreated(error, vendor.render(error, of: call), by: vendor, at: place)
        }
        guard case .object(let answer)? = try? JSONValue(parsing: response.body) else { return }
        for creation in next(answer) { try creation.run(by: vendor, number: number, now: now, &batch) }
    }
}

extension Vendor {
    /// Creates something in a sandbox by the vendor's own operation, so that the vendor's own rules check it.
    ///
    /// It is to be called within the request of a batch, where it stays or goes with everything else.
    ///
    /// - Parameters:
    ///   - number: the number of the request that made it.
    ///   - now: the sandbox's time.
    /// - Throws: `NotCreated`, with what the vendor would have answered.
    package func create(
        _ body: JSONObject, of kind: SeedKind, in sandbox: String, number: Int64, now: Int64, _ batch: inout Batch
    ) throws(NotCreated) {
        var reader = FieldReader(body)
        reader.refuseMembers(except: kind.members)
        guard reader.problems.isEmpty else {
            let known = kind.members.joined(separator: ", ")
            throw NotCreated(reader.problems.map { ($0.jsonPath, "there is no such member; there are \(known)") })
        }
        let creation = try kind.creation(body, sandbox)
        try creation.run(by: self, number: number, now: now, &batch)
    }
}

/// Why a vendor did not create something.
package struct NotCreated: Error {
    /// What is wrong, each with the place in the thing where it is: `.linkedAccounts[0].accountType`.
    package let faults: [(place: String, message: String)]
    /// What went wrong, where it came as far as the operation.
    package let problem: Problem?

    init(_ faults: [(place: String, message: String)]) {
        self.faults = faults
        problem = nil
    }

    /// Refuses what a vendor cannot make a request of.
    package init(_ problems: [FieldProblem]) {
        self.init(problems.map { ($0.jsonPath, "\($0.fault)") })
    }

    /// Words a refusal by the vendor.
    fileprivate init(_ problem: Problem, _ response: Response, by vendor: some Vendor, at place: String) {
        self.problem = problem
        switch problem.kind {
        case .invalid(let problems) where !problems.isEmpty:
            faults = problems.map { (place + $0.jsonPath, "\($0.fault)") }
        case .internal(let detail): faults = [(place, detail)]
        default:
            let text = String(decoding: response.body, as: UTF8.self)
            faults = [(place, "\(vendor.name) answers \(response.status.code) \(text)")]
        }
    }
}
