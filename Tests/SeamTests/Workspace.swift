import HTTPServer
import JSON
import Seam
import TestSupport
import Testing

/// Seam alone in a house, and how its tests ask it.
struct SeamHouse {
    let house: TestHouse

    init() throws {
        house = try TestHouse(Seam())
    }

    static let path = "/user_identities/create"
    static let key = ("Authorization", "Bearer seam_test_key")
    static let json = ("Content-Type", "application/json")

    /// Creates a user identity.
    @discardableResult
    func create(
        _ body: String?, token: String = "seam_test_key", fields: [(String, String)] = [json]
    ) throws -> TestAnswer {
        try house.send(.post, Self.path, [("Authorization", "Bearer \(token)")] + fields, body: body)
    }

    /// Asks any operation: parameters in the query, in a JSON body, or in both.
    @discardableResult
    func ask(
        _ method: Method, _ operation: String, _ body: String? = nil, token: String = "seam_test_key"
    ) throws -> TestAnswer {
        let fields = [("Authorization", "Bearer \(token)")] + (body == nil ? [] : [Self.json])
        return try house.send(method, "/user_identities/\(operation)", fields, body: body)
    }

    /// Creates one and returns its id.
    func make(_ body: String, token: String = "seam_test_key") throws -> String {
        try #require(try create(body, token: token).at("user_identity.user_identity_id"))
    }

    /// Creates one with a single member, whose value is JSON.
    @discardableResult
    func create(_ name: String, _ json: String) throws -> TestAnswer {
        try create("{\"\(name)\":\(json)}")
    }
}

extension TestAnswer {
    /// Checks that it is an error of Seam's: status, type, message, members in order and the request id twice.
    func expectError(
        _ status: Int, _ type: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(self.status == status, sourceLocation: sourceLocation)
        #expect(self["content-type"] == "application/json; charset=utf-8", sourceLocation: sourceLocation)
        #expect(at("error.type") == type, sourceLocation: sourceLocation)
        #expect(at("error.message") == message, sourceLocation: sourceLocation)
        let extra = type == "invalid_input" ? ["validation_errors"] : []
        #expect(names() == ["error", "ok"], sourceLocation: sourceLocation)
        #expect(names(at: "error") == ["type", "message"] + extra + ["request_id"], sourceLocation: sourceLocation)
        #expect(at("ok") == "false", sourceLocation: sourceLocation)
        #expect(at("error.request_id") == self["seam-request-id"], sourceLocation: sourceLocation)
    }

    /// Checks that it is invalid input with this sentence, and returns `validation_errors` as it was sent.
    func invalidInput(_ message: String, sourceLocation: SourceLocation = #_sourceLocation) -> String? {
        expectError(400, "invalid_input", message, sourceLocation: sourceLocation)
        return at("error.validation_errors")
    }
}
