import Foundation
import HTTPServer
import TestSupport
import Testing

@Suite("deliveries to webhooks")
struct WebhookDeliveryTests {
    private static let pulse = VendorOperation.pulse

    private func register(_ url: String, at server: RunningServer) throws -> WireAnswer {
        try server.ask("POST", "/__admin/webhooks", body: #"{"url":"\#(url)","events":["user_created"]}"#)
    }

    @Test("each committed user is delivered, and the server answers others meanwhile", arguments: ["1", "3"])
    func delivers(loops: String) throws {
        let receiver = try Receiver()
        let server = try RunningServer(["--loops", loops])
        #expect(try register("http://127.0.0.1:\(receiver.port)/hook", at: server).status == 201)
        for number in 0..<30 { #expect(try server.ask(Self.pulse, number).status == 201) }
        #expect(try server.ask(Self.pulse, 3).status == 409)
        #expect(soon { receiver.requests.count == 30 })
        let ids = receiver.requests.compactMap { $0.fields["webhook-id"] }
        #expect(ids == (1...30).map { "default.\($0).\(2 * $0 - 1)" })
        #expect(
            try soon {
                try server.ask("GET", "/__admin/webhooks/wh_1").text.contains(#""pending":0,"delivered":30,"failed":0"#)
            })
    }

    @Test("what is not delivered when the server stops is said, and holds up nothing")
    func stops() throws {
        let receiver = try Receiver(statuses: [Int](repeating: 500, count: 100))
        let server = try RunningServer()
        #expect(try register("http://127.0.0.1:\(receiver.port)/", at: server).status == 201)
        #expect(try server.ask(Self.pulse).status == 201)
        #expect(soon { !receiver.requests.isEmpty })
        #expect(server.stop() == 0)
        #expect(server.standardError.contains("deliveries to webhooks not made, because the server stopped: 1\n"))
    }

    @Test("an address of the Internet needs --webhooks any", arguments: [("local", 400), ("any", 201)])
    func targets(targets: String, status: Int) throws {
        let server = try RunningServer(["--webhooks", targets])
        // Registered only: nothing happens that it would be told of.
        #expect(try register("http://192.0.2.1:9/", at: server).status == status)
    }
}
