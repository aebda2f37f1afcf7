import TestSupport
import Testing
import UserStore

@Suite("What Pulse records")
struct EventTests {
    @Test("a created user is two events, in order, in the user's transaction")
    func recorded() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b"}"#).status == 201)
        #expect(try pulse.create(#"{"email":"c@d"}"#, account: "2312").status == 201)
        let events = try #require(try pulse.events())
        #expect(
            events.map(\.name) == ["user_created", "user_added_to_account", "user_created", "user_added_to_account"])
        #expect(events.map(\.number) == [1, 2, 3, 4])
        #expect(events.map(\.user?.ordinal) == [1, 1, 2, 2])
        #expect(events.allSatisfy { $0.createdAt == 1_767_323_045_678 })
        #expect(events[0].request == events[1].request && events[1].request < events[2].request)
        #expect(
            events.map { String(decoding: $0.data, as: UTF8.self) } == [
                #"{"user":"admin@pulse.example","account_id":"2311","userId":"1"}"#,
                #"{"user":"admin@pulse.example","account_id":"2311","userId":"1"}"#,
                #"{"user":"admin@pulse.example","account_id":"2312","userId":"2"}"#,
                #"{"user":"admin@pulse.example","account_id":"2312","userId":"2"}"#,
            ])
    }

    @Test("no secret is in an event")
    func noSecret() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b"}"#).status == 201)
        for event in try pulse.events() ?? [] {
            #expect(!String(decoding: event.data, as: UTF8.self).contains("pulse_test_token"))
        }
    }

    @Test("a failure records nothing, and makes no sandbox")
    func none() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"nobody"}"#).status == 400)
        #expect(try pulse.create(#"{"email":"a@b"}"#, account: nil).status == 400)
        #expect(try pulse.create(#"{"email":"a@b"}"#, account: "1").status == 403)
        #expect(try pulse.create(#"{"email":"a@b"}"#, type: "text/plain").status == 415)
        #expect(try pulse.create(#"{"email":"admin@pulse.example"}"#).status == 409)
        #expect(try pulse.events() == nil)
        #expect(try pulse.create(#"{"email":"a@b"}"#).status == 201)
        #expect(try pulse.create(#"{"email":"a@b"}"#).status == 409)
        #expect(try pulse.events()?.count == 2)
    }

    @Test("each deployment has events of its own")
    func sandboxes() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b"}"#, token: "pulse_test_token.one").status == 201)
        #expect(try pulse.events(in: "one")?.count == 2)
        #expect(try pulse.events() == nil)
    }
}
