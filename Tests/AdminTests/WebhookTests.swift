import HTTPServer
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(3))) struct WebhookTests {
    let house: AdminHouse

    init() throws {
        house = try AdminHouse()
    }

    private func register(_ receiver: Receiver, _ further: String = "") throws -> String {
        let answer = try house.admin(
            .post, "/__admin/webhooks", body: #"{"url":"http://localhost:\#(receiver.port)/hook?x=y"\#(further)}"#)
        #expect(answer.status == 201)
        return try #require(answer.at("webhook.id"))
    }

    private func deliveries(_ id: String) throws -> TestAnswer {
        try house.admin(.get, "/__admin/webhooks/\(id)/deliveries")
    }

    @Test func `a receiver is sent what the vendor would send, once, with an id`() throws {
        let receiver = try Receiver()
        let id = try register(receiver)
        try house.pulse("a@b.co")
        try house.seam(#"{"email_address":"a@b.co"}"#)
        #expect(soon { receiver.requests.count == 2 })
        let first = try #require(receiver.requests.first)
        #expect(first.method == .post && first.target.raw == "/hook?x=y")
        #expect(first.target.authority == "localhost:\(receiver.port)")
        #expect(first.fields[.contentType] == "application/json")
        #expect(first.fields["webhook-id"] == "default.1.1" && first.fields["x-understudy-attempt"] == "1")
        #expect(TestAnswer(Response(.ok, body: first.bytes)).at("event") == "user_created")
        #expect(soon { (try? deliveries(id).at("deliveries.1.state")) == "delivered" })
        let log = try deliveries(id)
        #expect(log.at("deliveries.0.event_id") == "1.1" && log.at("deliveries.0.attempts.0.status") == "200")
        #expect(log.at("deliveries.0.body.data.userId") == "1")
        #expect(log.at("deliveries.2") == nil)
        #expect(try house.admin(.get, "/__admin/webhooks/\(id)").at("webhook.deliveries.delivered") == "2")
    }

    @Test func `only what was asked for is delivered`() throws {
        let receiver = try Receiver()
        let id = try register(receiver, #","events":["user_created"],"sandbox":"one","vendor":"pulse""#)
        try house.pulse("a@b.co", ".two")
        try house.pulse("a@b.co", ".one")
        #expect(soon { receiver.requests.count == 1 })
        let log = try deliveries(id)
        #expect(log.at("deliveries.0.sandbox") == "one" && log.at("deliveries.0.event") == "user_created")
        #expect(log.at("deliveries.1") == nil)
    }

    @Test func `what fails is tried again with the same id, and given up in the end`() throws {
        let receiver = try Receiver(statuses: [500, 302, 204])
        let id = try register(receiver, #","events":["user_created"]"#)
        try house.pulse("a@b.co")
        #expect(soon { (try? deliveries(id).at("deliveries.0.state")) == "delivered" })
        #expect(receiver.requests.map { $0.fields["x-understudy-attempt"] } == ["1", "2", "3"])
        #expect(Set(receiver.requests.map { $0.fields["webhook-id"] }) == ["default.1.1"])
        receiver.answer([500, 500, 500, 200])
        try house.pulse("b@b.co")
        #expect(soon { (try? deliveries(id).at("deliveries.1.state")) == "failed" })
        let log = try deliveries(id)
        #expect(log.at("deliveries.1.attempts.2.status") == "500" && log.at("deliveries.1.attempts.3") == nil)
        // By hand it can be made once more.
        let path = "/__admin/webhooks/\(id)/deliveries/dlv_2"
        #expect(try house.admin(.post, path).status == 202)
        #expect(soon { (try? deliveries(id).at("deliveries.1.state")) == "delivered" })
        #expect(try house.admin(.post, "/__admin/webhooks/\(id)/deliveries/dlv_9").status == 404)
    }

    @Test func `a receiver that is not there is an error in the log`() throws {
        let receiver = try Receiver()
        let id = try register(receiver, #","events":["user_created"]"#)
        receiver.stop()
        try house.pulse("a@b.co")
        #expect(soon { (try? deliveries(id).at("deliveries.0.state")) == "failed" })
        let log = try deliveries(id)
        #expect(log.at("deliveries.0.attempts.2.error") == "Connection refused")
        #expect(log.at("deliveries.0.attempts.2.status") == nil)
    }

    @Test(arguments: [
        "{}", #"{"url":1}"#, #"{"url":"https://localhost/"}"#, #"{"url":"http://8.8.8.8/"}"#,
        #"{"url":"http://169.254.169.254/latest"}"#, #"{"url":"http://[2001:db8::1]/"}"#,
        #"{"url":"http://localhost/","vendor":"nobody"}"#, #"{"url":"http://localhost/","events":["user_craeted"]}"#,
        #"{"url":"http://localhost/","events":"user_created"}"#, #"{"url":"http://localhost/","events":[1]}"#,
        #"{"url":"http://localhost/","vendor":"seam","events":["user_created"]}"#,
        #"{"url":"http://localhost/","sandbox":"a b"}"#, #"{"url":"http://localhost/","evnts":[]}"#,
    ])
    func `a registration that could never be told anything is refused`(body: String) throws {
        let answer = try house.admin(.post, "/__admin/webhooks", body: body)
        #expect(answer.status == 400 && answer.at("message") != nil)
        #expect(try house.admin(.get, "/__admin/webhooks").at("webhooks") == "[]")
    }

    @Test func `a host that nobody can know is not sent to`() throws {
        let answer = try house.admin(
            .post, "/__admin/webhooks", body: #"{"url":"http://no..name/","events":["user_created"]}"#)
        let id = try #require(answer.at("webhook.id"))
        try house.pulse("a@b.co")
        #expect(soon { (try? deliveries(id).at("deliveries.0.state")) == "failed" })
        #expect(try deliveries(id).at("deliveries.0.attempts.0.error")?.contains("no..name") == true)
    }

    @Test func `webhooks are listed and deleted, and bounded`() throws {
        let receiver = try Receiver()
        let id = try register(receiver)
        #expect(try house.admin(.get, "/__admin/webhooks").at("webhooks.0.id") == id)
        #expect(try house.admin(.delete, "/__admin/webhooks/\(id)").status == 204)
        #expect(try house.admin(.delete, "/__admin/webhooks/\(id)").status == 404)
        #expect(try house.admin(.get, "/__admin/webhooks/\(id)").status == 404)
        #expect(try deliveries(id).status == 404)
        try house.pulse("a@b.co")
        for _ in 0..<32 { _ = try register(receiver) }
        let body = #"{"url":"http://localhost/"}"#
        #expect(try house.admin(.post, "/__admin/webhooks", body: body).status == 409)
        #expect(receiver.requests.isEmpty)
    }

    @Test func `a reset forgets the deliveries of its sandbox, and keeps the webhook`() throws {
        let receiver = try Receiver()
        let id = try register(receiver, #","events":["user_created"]"#)
        try house.pulse("a@b.co", ".one")
        try house.pulse("a@b.co", ".two")
        #expect(soon { (try? deliveries(id).at("deliveries.1.state")) == "delivered" })
        #expect(try house.admin(.post, "/__admin/reset?sandbox=one").status == 204)
        #expect(try deliveries(id).at("deliveries.0.sandbox") == "two")
        #expect(try deliveries(id).at("deliveries.1") == nil)
        #expect(try house.admin(.post, "/__admin/reset").status == 204)
        #expect(try deliveries(id).at("deliveries") == "[]")
        try house.pulse("a@b.co", ".one")
        #expect(soon { receiver.requests.count == 3 })
    }

    @Test func `a restore and an import forget deliveries, and later events have ids of their own`() throws {
        let receiver = try Receiver()
        let id = try register(receiver, #","events":["user_created"]"#)
        let unreached = try #require(
            try house.admin(.post, "/__admin/webhooks", body: #"{"url":"http://127.0.0.1:1/"}"#).at("webhook.id"))
        try house.pulse("a@b.co", ".one")
        #expect(try house.admin(.post, "/__admin/snapshots/s").status == 201)
        let file = try house.admin(.get, "/__admin/export").response.body
        for (number, path) in ["snapshots/s/restore?sandbox=one", "snapshots/s/restore", "import"].enumerated() {
            try house.pulse("b@b.co", ".one")
            try house.pulse("b@b.co", ".two")
            #expect(soon { receiver.requests.count == 2 * number + 3 })
            let answer = try path == "import" ? house.take(file) : house.admin(.post, "/__admin/" + path)
            #expect(answer.status == 204)
            for webhook in [id, unreached] {
                // The sandbox that was not brought back keeps its own.
                #expect(try deliveries(webhook).at("deliveries.0.sandbox") == (number == 0 ? "two" : nil))
            }
            if number == 0 { #expect(try house.admin(.post, "/__admin/reset?sandbox=two").status == 204) }
        }
        let ids = receiver.requests.compactMap { $0.fields["webhook-id"] }
        #expect(ids.count == 7 && Set(ids).count == 7)
    }
}
