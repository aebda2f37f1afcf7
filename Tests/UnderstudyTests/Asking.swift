import Foundation
import FoundationNetworking
import Understudy

/// What came back.
struct Answer {
    let status: Int
    let text: String

    /// The value of a member of the JSON object; nil when there is none.
    func member(_ name: String) -> String? {
        let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        return object?[name].map { "\($0)" }
    }
}

extension Understudy {
    /// Makes a user at Pulse.
    func createAtPulse(_ email: String, sandbox: String? = nil) async throws -> Answer {
        try await ask(
            "POST", url(of: .pulse) + "/users",
            [
                "Authorization": "Bearer \(credential(of: .pulse, sandbox: sandbox))", "x-account-id": "2311",
                "Content-Type": "application/json",
            ], #"{"email":"\#(email)"}"#)
    }

    /// Sends one request, on a connection of its own.
    func ask(
        _ method: String, _ url: String, _ fields: [String: String] = [:], _ body: String? = nil
    ) async throws -> Answer {
        let session = URLSession(configuration: .ephemeral)
        defer { session.invalidateAndCancel() }
        var request = URLRequest(url: URL(string: url)!, timeoutInterval: 60)
        request.httpMethod = method
        request.allHTTPHeaderFields = fields
        request.httpBody = body.map { Data($0.utf8) }
        let (data, response) = try await session.data(for: request)
        return Answer(
            status: (response as? HTTPURLResponse)?.statusCode ?? 0, text: String(decoding: data, as: UTF8.self))
    }
}
