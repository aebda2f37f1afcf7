import HTTPServer
import TestSupport
import Testing
import UserStore
import VendorKit

@Suite("What Pulse answers for a user")
struct AnswerTests {
    @Test("an email alone makes a user with the defaults, and nothing that was not said")
    func smallest() throws {
        let answer = try PulseHouse().create(#"{"email":"ada@example.com"}"#)
        #expect(answer.status == 201)
        #expect(
            answer.text == """
                {"id":1,"email":"ada@example.com","active":true,"notificationPreferences":{},\
                "createdBy":"admin@pulse.example","updatedBy":"admin@pulse.example",\
                "createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05.678Z",\
                "accounts":[{"accountId":"2311","accountName":"Understudy Sales","usersPrimaryAccount":true,\
                "accountAdmin":false}],"flatRolesList":[],"flatPermissionsList":[]}
                """)
    }

    @Test("every field comes back, in the order of the vendor's page and not of the request")
    func whole() throws {
        let answer = try PulseHouse().create(
            """
            {"roles":["agent","user"],"notificationPreferences":{"z":1.50,"a":[null]},"imgSrc":"https://x/y.png",
             "phone":"call me","teamId":7,"name":"Zo\\u00eb \\ud83d\\ude00","email":"Zoe+1@Example.COM"}
            """, account: "2312")
        #expect(answer.status == 201)
        #expect(
            answer.text == """
                {"id":1,"email":"Zoe+1@Example.COM","name":"Zoë 😀","active":true,"teamId":7,"phone":"call me",\
                "imgSrc":"https://x/y.png","notificationPreferences":{"z":1.50,"a":[null]},\
                "createdBy":"admin@pulse.example","updatedBy":"admin@pulse.example",\
                "createdAt":"2026-01-02T03:04:05.678Z","updatedAt":"2026-01-02T03:04:05.678Z",\
                "accounts":[{"accountId":"2312","accountName":"Understudy Support","usersPrimaryAccount":true,\
                "accountAdmin":false}],"flatRolesList":["agent","user"],\
                "flatPermissionsList":["readLeads","readApplications","writeLeads","writeApplications"]}
                """)
    }

    @Test("the header of a 201 is its media type and nothing else of the vendor's")
    func header() throws {
        let answer = try PulseHouse().create(#"{"email":"ada@example.com"}"#)
        #expect(answer["content-type"] == "application/json")
        #expect(answer["location"] == nil)
        #expect(answer["access-control-allow-origin"] == nil)
    }

    @Test(
        "members that the server owns or does not know are ignored",
        arguments: [
            #""id":99"#, #""token":"t""#, #""createdBy":"me@example.com""#, #""updatedBy":"me@example.com""#,
            #""createdAt":"2000-01-01T00:00:00.000Z""#, #""updatedAt":"2000-01-01T00:00:00.000Z""#,
            #""active":false"#, #""accounts":[{"accountId":"1","accountAdmin":true}]"#,
            #""flatRolesList":["superAdmin"]"#, #""flatPermissionsList":["manageUsers"]"#, #""password":"p""#,
            #""Email":"other@example.com""#, #""":null"#,
        ])
    func ignored(member: String) throws {
        let plain = try PulseHouse().create(#"{"email":"ada@example.com"}"#)
        let answer = try PulseHouse().create(#"{"email":"ada@example.com",\#(member)}"#)
        #expect(answer.status == 201)
        #expect(answer.text == plain.text)
    }

    @Test("times are those of the clock, alike on creation")
    func times() throws {
        let pulse = try PulseHouse()
        pulse.house.clock.advance(by: 86_400_000)
        let answer = try pulse.create(#"{"email":"ada@example.com"}"#)
        #expect(answer.at("createdAt") == "2026-01-03T03:04:05.678Z")
        #expect(answer.at("updatedAt") == "2026-01-03T03:04:05.678Z")
    }

    @Test("ids begin at 1 in each deployment and only grow, whatever was refused in between")
    func ids() throws {
        let pulse = try PulseHouse()
        var last = 0
        for number in 1...20 {
            let answer = try pulse.create(#"{"email":"u\#(number)@example.com"}"#)
            let id = try #require(answer.at("id").flatMap { Int($0) })
            #expect(id > last)
            last = id
            #expect(try pulse.create(#"{"email":"u\#(number)@example.com"}"#).status == 409)
            #expect(try pulse.create(#"{"email":"nobody"}"#).status == 400)
        }
        #expect(try pulse.create(#"{"email":"a@example.com"}"#, token: "pulse_test_token.new").at("id") == "1")
    }

    @Test("a full disk is the vendor's 500, and nothing of the user stays")
    func diskFull() throws {
        var sizes = StoreSizes()
        sizes.maximumPages = 40
        let pulse = try PulseHouse(store: UserStore(at: .memory, sizes: sizes))
        let name = String(repeating: "x", count: 64 * 1024)
        let answer = try pulse.create(#"{"email":"ada@example.com","name":"\#(name)"}"#)
        #expect(answer.status == 500)
        #expect(answer.text == refusal(500, "Internal Server Error", "An unexpected error occurred"))
        #expect(answer["content-type"] == "application/json")
        #expect(pulse.house.reports.failures.count >= 1)
        #expect(try pulse.users() == 0)
        #expect(try pulse.create(#"{"email":"ada@example.com"}"#).status == 201)
    }
}
