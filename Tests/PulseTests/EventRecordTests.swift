import Pulse
import TestSupport
import Testing
import VendorKit

@Suite("An event as Pulse sends it")
struct EventRecordTests {
    @Test("it has the members of an audit record, and names the account and the caller")
    func record() throws {
        let pulse = try PulseHouse()
        #expect(try pulse.create(#"{"email":"a@b"}"#, account: "2312").status == 201)
        let event = try #require(try pulse.events()?.last)
        #expect(
            String(decoding: Pulse().payload(of: event), as: UTF8.self)
                == #"{"id":2,"event":"user_added_to_account","user":"admin@pulse.example","apiKey":null,"#
                + #""data":{"userId":"1"},"created":"2026-01-02T03:04:05.678Z","account_id":"2312"}"#)
    }

    @Test("every name that is sent is one of the schema's")
    func names() {
        let events = Pulse().events
        #expect(events.sent.allSatisfy { events.known.contains($0) })
        #expect(events.known.count == Set(events.known).count)
    }
}
