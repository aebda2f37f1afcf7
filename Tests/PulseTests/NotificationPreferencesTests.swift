import TestSupport
import Testing

@testable import Pulse

@Suite("Pulse's notification preferences")
struct NotificationPreferencesTests {
    @Test("the list of events is that of the vendor's page: 163 names, none twice")
    func list() {
        #expect(PulseEvents.all.count == 163)
        #expect(Set(PulseEvents.all).count == 163)
        #expect(PulseEvents.all.first == "lead_created")
        #expect(PulseEvents.all.last == "cron_job")
        #expect(PulseEvents.all.allSatisfy { $0.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) } })
    }

    @Test("every event of the list is taken in an array, and comes back", arguments: PulseEvents.all)
    func event(_ name: String) throws {
        let preferences = #"[{"event":"\#(name)"}]"#
        let answer = try PulseHouse().create(#"{"email":"a@b","notificationPreferences":\#(preferences)}"#)
        #expect(answer.status == 201)
        #expect(answer.at("notificationPreferences") == preferences)
    }

    @Test("the whole list is taken at once, as an array and as the members of an object")
    func wholeList() throws {
        let pulse = try PulseHouse()
        let array = "[" + PulseEvents.all.map { #"{"event":"\#($0)"}"# }.joined(separator: ",") + "]"
        let object = "{" + PulseEvents.all.map { #""\#($0)":["email"]"# }.joined(separator: ",") + "}"
        for (number, preferences) in [array, object].enumerated() {
            let answer = try pulse.create(#"{"email":"u\#(number)@b","notificationPreferences":\#(preferences)}"#)
            #expect(answer.status == 201)
            #expect(answer.at("notificationPreferences") == preferences)
        }
    }

    @Test(
        "both forms come back as they were sent, members that the schema does not have included",
        arguments: [
            "{}", "[]", #"{"anything":{"goes":[1.0,1e400,12345678901234567890,null]}}"#, #"{"event":"nothing"}"#,
            #"[{"event":"lead_created","accountId":"2311","deliveryPref":["website","sms"]}]"#,
            #"[{"deliveryPref":["email"],"event":"lead_created","accountId":"nobody's"}]"#,
            #"[{"event":"lead_created","accountId":2311}]"#,
            #"[{"event":"lead_created","accountId":6591739253089529}]"#,
            #"[{"event":"lead_created","deliveryPref":[]}]"#,
            #"[{"event":"lead_created","deliveryPref":["weekly_email_digest","monthly_email_digest"]}]"#,
            #"[{"event":"lead_created"},{"event":"lead_created"}]"#,
            #"[{"event":"lead_created","extra":{"b":1,"a":2}}]"#,
        ])
    func good(_ preferences: String) throws {
        let answer = try PulseHouse().create(#"{"email":"a@b","notificationPreferences":\#(preferences)}"#)
        #expect(answer.status == 201)
        #expect(answer.at("notificationPreferences") == preferences)
    }

    private static let ways = "website, weekly_email_digest, monthly_email_digest, email, sms"

    @Test(
        "what breaks the schema is refused, with its place",
        arguments: [
            ("null", " must be of type object, not null"), ("1", " must be of type object, not number"),
            (#""email""#, " must be of type object, not string"), ("true", " must be of type object, not boolean"),
            ("[null]", ".0 must be of type object, not null"),
            (#"["lead_created"]"#, ".0 must be of type object, not string"),
            ("[[]]", ".0 must be of type object, not array"), ("[{}]", ".0.event is required"),
            (#"[{"event":null}]"#, ".0.event must be of type string, not null"),
            (#"[{"event":1}]"#, ".0.event must be of type string, not number"),
            (#"[{"event":""}]"#, ".0.event must be one of PulseEvents, not "),
            (#"[{"event":"lead_create"}]"#, ".0.event must be one of PulseEvents, not lead_create"),
            (#"[{"event":"LEAD_CREATED"}]"#, ".0.event must be one of PulseEvents, not LEAD_CREATED"),
            (#"[{"event":"lead_created"},{"event":"x"}]"#, ".1.event must be one of PulseEvents, not x"),
            (
                #"[{"event":"lead_created","accountId":null}]"#,
                ".0.accountId must be of type string, not null"
            ),
            (
                #"[{"event":"lead_created","accountId":["2311"]}]"#,
                ".0.accountId must be of type string, not array"
            ),
            (
                #"[{"event":"lead_created","deliveryPref":null}]"#,
                ".0.deliveryPref must be of type array, not null"
            ),
            (
                #"[{"event":"lead_created","deliveryPref":"email"}]"#,
                ".0.deliveryPref must be of type array, not string"
            ),
            (
                #"[{"event":"lead_created","deliveryPref":["email",null]}]"#,
                ".0.deliveryPref.1 must be of type string, not null"
            ),
            (
                #"[{"event":"lead_created","deliveryPref":["fax"]}]"#,
                ".0.deliveryPref.0 must be one of \(Self.ways), not fax"
            ),
            (
                #"[{"event":"lead_created","deliveryPref":["Email"]}]"#,
                ".0.deliveryPref.0 must be one of \(Self.ways), not Email"
            ),
        ])
    func bad(_ preferences: String, _ message: String) throws {
        let pulse = try PulseHouse()
        let answer = try pulse.create(#"{"email":"a@b","notificationPreferences":\#(preferences)}"#)
        #expect(answer.text == badRequest("notificationPreferences\(message)"))
        #expect(try pulse.users() == 0)
    }
}
