import HTTPServer
import TestSupport
import Testing

/// One thing that can be wrong with a call, in the order in which Pulse looks.
enum Fault: Int, CaseIterable, CustomTestStringConvertible {
    case path, method, token, noAccount, unknownAccount, size, mediaType, json, field, conflict

    var testDescription: String { "\(self)" }
    var status: Int { [404, 405, 401, 400, 403, 413, 415, 400, 400, 409][rawValue] }
    var message: String {
        [
            "No such resource", "PUT is not supported here", "A valid bearer token is required",
            "x-account-id header is required", "You do not have access to this account", "Request body exceeds 1 MiB",
            "Content-Type must be application/json",
            "Request body is not valid JSON: no member name in double quotes where one must be at byte 1",
            "name must be of type string, not number", "A user with this email already exists",
        ][rawValue]
    }

    /// Every two that can come together.
    static let pairs: [(Fault, Fault)] = allCases.flatMap { first in
        allCases.filter { $0.rawValue > first.rawValue }.map { (first, $0) }
    }.filter { pair in
        // A call cannot both name no account and an unknown one.
        pair != (.noAccount, .unknownAccount)
    }
}

@Suite("The order of Pulse's checks")
struct OrderTests {
    @Test("each fault alone is found", arguments: Fault.allCases)
    func alone(_ fault: Fault) throws {
        try check([fault], fault)
    }

    @Test("of two faults the earlier one decides", arguments: Fault.pairs)
    func pair(_ first: Fault, _ second: Fault) throws {
        try check([first, second], first)
    }

    @Test("with every fault at once the path decides")
    func all() throws {
        try check(Set(Fault.allCases), .path)
    }

    private func check(_ faults: Set<Fault>, _ expected: Fault) throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"ada@example.com"}"#).status == 201)
        var fields = [("Content-Type", faults.contains(.mediaType) ? "text/plain" : "application/json")]
        if !faults.contains(.token) { fields.append(("Authorization", "Bearer pulse_test_token")) }
        if faults.contains(.unknownAccount) {
            fields.append(("x-account-id", "1"))
        } else if !faults.contains(.noAccount) {
            fields.append(("x-account-id", "2311"))
        }
        let email = faults.contains(.conflict) ? "ada@example.com" : "new@example.com"
        var body = #"{"email":"\#(email)""# + (faults.contains(.field) ? #","name":1}"# : "}")
        if faults.contains(.json) { body = "{" + body }
        if faults.contains(.size) { body += String(repeating: " ", count: 1_048_577 - body.utf8.count) }
        let answer = try pulse.house.send(
            faults.contains(.method) ? .put : .post, faults.contains(.path) ? "/pulse/people" : "/pulse/users", fields,
            body: body)
        #expect(answer.status == expected.status)
        #expect(answer.at("message") == expected.message)
        #expect(answer.names() == ["error", "status", "message"])
        #expect(answer.at("status") == String(expected.status))
    }
}
