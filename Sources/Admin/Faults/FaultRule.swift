import HTTPServer
import JSON
import VendorKit

/// A rule that makes calls go wrong: which calls, how, and how often.
///
/// Nothing about it is left to chance.
struct FaultRule: Sendable {
    var id = ""
    let vendor: String?
    let operation: String?
    let sandbox: String?
    /// Members of the request's body by dotted path, with the text that they must be.
    let match: [(path: String, value: String)]
    let phase: Fault.Phase
    let status: Status?
    let retryAfter: Int?
    let delivery: Delivery
    /// Matching calls that are let through first.
    let skip: Int
    /// Calls that are struck after those; nil for all.
    let times: Int?

    /// Calls that matched so far, struck or not.
    var matched = 0
    /// Calls that were struck.
    var hits = 0

    private static let members = [
        "vendor", "operation", "sandbox", "match", "phase", "status", "retry_after", "delay", "answer", "skip", "times",
    ]
    private static let manners: [(String, Delivery.Manner)] = [
        ("whole", .whole), ("dropped", .dropped), ("reset", .reset), ("truncated", .truncated), ("garbage", .garbage),
    ]

    /// Reads a rule, and refuses one that could never strike: an unknown vendor or operation is a slip, not a wish.
    init(_ object: JSONObject, vendors: [any Vendor]) throws(AdminError) {
        let reader = try ObjectReader(object, members: Self.members)
        let name = try reader.string("vendor")
        let served = name.map { name in vendors.filter { $0.name == name } } ?? vendors
        guard !served.isEmpty else {
            let names = vendors.map(\.name).joined(separator: ", ")
            throw AdminError(.badRequest, "there is no vendor '\(name ?? "")'; there are \(names)")
        }
        vendor = name
        operation = try reader.string("operation")
        if let operation {
            let known = served.flatMap { $0.operations.map(\.name) }
            guard known.contains(operation) else {
                throw AdminError(
                    .badRequest, "there is no operation '\(operation)'; there are \(known.joined(separator: ", "))")
            }
        }
        sandbox = try reader.sandbox()
        match = try reader.texts("match")
        phase = try reader.choice("phase", Fault.Phase.allCases.map { ($0.rawValue, $0) }) ?? .before
        let code = try reader.integer("status", 100...599)
        status = try code.map { code throws(AdminError) in
            guard let status = Fault.statuses.first(where: { $0.code == code }) else {
                let codes = Fault.statuses.map { String($0.code) }.joined(separator: ", ")
                throw AdminError(.badRequest, "status is one of \(codes), for which every vendor has words")
            }
            return status
        }
        retryAfter = try reader.integer("retry_after", 0...86_400)
        let delay = try reader.integer("delay", 0...600_000) ?? 0
        delivery = Delivery(try reader.choice("answer", Self.manners) ?? .whole, delay: delay)
        skip = try reader.integer("skip", 0...1_000_000) ?? 0
        times = try reader.integer("times", 1...1_000_000)
        guard status != nil || delivery != .normal else {
            throw AdminError(.badRequest, "a fault needs a status, a delay, or an answer other than whole")
        }
    }

    /// Whether a call is meant.
    func fits(_ call: Call, vendor: String, operation: String) -> Bool {
        guard self.vendor.map({ $0 == vendor }) ?? true, self.operation.map({ $0 == operation }) ?? true,
            sandbox.map({ $0 == call.sandbox }) ?? true
        else { return false }
        return match.allSatisfy { BodyMember.text($0.path, of: call.request)?.hasSameBytes(as: $0.value) == true }
    }

    var fault: Fault {
        Fault(name: id, phase: phase, status: status, retryAfter: retryAfter, delivery: delivery)
    }

    func write(to json: inout JSONWriter) {
        json.beginObject()
        json.member("id", id)
        json.member("vendor", vendor)
        json.member("operation", operation)
        json.member("sandbox", sandbox)
        json.name("match")
        json.beginObject()
        for (path, value) in match {
            json.name(path)
            json.string(value)
        }
        json.endObject()
        json.member("phase", phase.rawValue)
        if let status { json.member("status", status.code) }
        if let retryAfter { json.member("retry_after", retryAfter) }
        json.member("delay", delivery.delay)
        json.member("answer", Self.manners.first { $0.1 == delivery.manner }?.0)
        json.member("skip", skip)
        if let times { json.member("times", times) }
        json.member("hits", hits)
        json.endObject()
    }
}
