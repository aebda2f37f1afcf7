import Foundation
import FoundationNetworking
import Testing
import Understudy

@Test func `a second user with the same address is refused`() async throws {
    let server = try Understudy.start()
    defer { server.stop() }

    var request = URLRequest(url: URL(string: server.url + "/seam/user_identities/create")!)
    request.httpMethod = "POST"
    request.setValue("Bearer seam_test_key", forHTTPHeaderField: "Authorization")
    request.setValue("application/json", forHTTPHeaderField: "Content-Type")
    request.httpBody = Data(#"{"email_address":"ada@example.com"}"#.utf8)

    let (_, first) = try await URLSession.shared.data(for: request)
    #expect((first as? HTTPURLResponse)?.statusCode == 200)
    let (_, second) = try await URLSession.shared.data(for: request)
    #expect((second as? HTTPURLResponse)?.statusCode == 409)
}
