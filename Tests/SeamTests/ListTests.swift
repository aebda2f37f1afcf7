import HTTPServer
import TestSupport
import Testing
import UserStore
import VendorKit

/// Listing: order, filters, pages and their cursors.
@Suite struct ListTests {
    let seam: SeamHouse

    init() throws {
        seam = try SeamHouse()
    }

    private func names(_ answer: TestAnswer) -> [String] {
        (0..<1000).prefix { answer.at("user_identities.\($0)") != nil }.map {
            answer.at("user_identities.\($0).full_name") ?? "?"
        }
    }

    private func fill(_ count: Int) throws -> [String] {
        try (0..<count).map { try seam.make(#"{"full_name":"n\#($0)","email_address":"E\#($0)@x.co"}"#) }
    }

    @Test(arguments: [Method.get, .post])
    func `an empty workspace has an empty list and no next page`(method: Method) throws {
        #expect(
            try seam.ask(method, "list").text == """
                {"user_identities":[],"pagination":{"next_page_cursor":null,"has_next_page":false,\
                "next_page_url":null},"ok":true}
                """)
    }

    @Test func `oldest first, page by page, with a cursor that needs the same parameters`() throws {
        _ = try fill(5)
        #expect(names(try seam.ask(.get, "list")) == ["n0", "n1", "n2", "n3", "n4"])
        let first = try seam.ask(.get, "list?limit=2&_strict=true")
        #expect(names(first) == ["n0", "n1"] && first.at("pagination.has_next_page") == "true")
        let cursor = try #require(first.at("pagination.next_page_cursor"))
        let url = try #require(first.at("pagination.next_page_url"))
        #expect(url.hasSuffix("/user_identities/list?limit=2&page_cursor=\(cursor)"))
        let second = try seam.ask(.post, "list", #"{"limit":2,"page_cursor":"\#(cursor)"}"#)
        #expect(names(second) == ["n2", "n3"])
        let last = try #require(second.at("pagination.next_page_cursor"))
        let third = try seam.ask(.get, "list?limit=2&page_cursor=\(last)")
        #expect(names(third) == ["n4"] && third.at("pagination.has_next_page") == "false")
        for query in ["limit=3&page_cursor=\(cursor)", "page_cursor=\(cursor)", "limit=2&page_cursor=made-up"] {
            try seam.ask(.get, "list?\(query)").expectError(
                400, "mismatched_page_parameters",
                "When using next_page_cursor, the request must send parameters identical to the initial request.")
        }
        #expect(names(try seam.ask(.get, "list?limit=2&page_cursor=&_strict=true")) == ["n0", "n1"])
    }

    @Test func `a page goes on where it was, though the last one seen is gone`() throws {
        let ids = try fill(4)
        let cursor = try #require(try seam.ask(.get, "list?limit=2").at("pagination.next_page_cursor"))
        #expect(try seam.ask(.delete, "delete?user_identity_id=\(ids[1])").status == 200)
        #expect(names(try seam.ask(.get, "list?limit=2&page_cursor=\(cursor)")) == ["n2", "n3"])
    }

    @Test func `five hundred are a page when nothing is said`() throws {
        for _ in 0..<501 { try seam.create("{}") }
        let answer = try seam.ask(.get, "list")
        #expect(names(answer).count == 500 && answer.at("pagination.has_next_page") == "true")
    }

    @Test func `ids choose, in the order of the list, and strangers are passed over`() throws {
        let ids = try fill(4)
        let stranger = "00000000-0000-4000-8000-000000000000"
        for query in [
            "user_identity_ids=\(ids[2])&user_identity_ids=\(ids[0])&user_identity_ids=\(stranger)&_strict=true",
            "user_identity_ids[]=\(ids[2])&user_identity_ids[]=\(ids[0])",
            "user_identity_ids=\(ids[2]),\(ids[0]),\(ids[2])",
        ] { #expect(names(try seam.ask(.get, "list?\(query)")) == ["n0", "n2"]) }
        #expect(names(try seam.ask(.get, "list?user_identity_ids=&_strict=true")) == [])
        #expect(
            try seam.ask(.get, "list?user_identity_ids=\(ids[2]),\(ids[0])&_strict=true").invalidInput(
                #"Invalid uuid for "user_identity_ids.0""#) != nil)
    }

    @Test func `search looks into name, phone, address and id, whatever the case`() throws {
        let ids = try fill(3)
        let phone = try seam.make(#"{"phone_number":"+4420555","full_name":"P"}"#)
        #expect(names(try seam.ask(.get, "list?search=e1@X.CO")) == ["n1"])
        #expect(names(try seam.ask(.get, "list?search=N")) == ["n0", "n1", "n2"])
        #expect(names(try seam.ask(.get, "list?search=%2B4420")) == ["P"])
        #expect(names(try seam.ask(.get, "list?search=\(phone.dropFirst(9))")) == ["P"])
        #expect(names(try seam.ask(.get, "list?search=\(ids[2].uppercased())")) == ["n2"])
        let page = try seam.ask(.get, "list?search=n&limit=1")
        let cursor = try #require(page.at("pagination.next_page_cursor"))
        #expect(names(try seam.ask(.get, "list?search=n&limit=1&page_cursor=\(cursor)")) == ["n1"])
        #expect(try seam.ask(.post, "list", #"{"search":""}"#).status == 400)
    }

    @Test(arguments: [
        ("2026-01-02T03:04:05.678Z", 0), ("2026-01-02T03:04:05.679Z", 1), ("2026-01-02T03:04:05.679123%2B00:00", 1),
        ("2026-01-02T04:04:05.679%2B01:00", 1), ("2026-01-02T03:04:06Z", 2), ("9999-12-31T23:59:59Z", 2),
    ])
    func `created_before is strict`(before: String, count: Int) throws {
        try seam.create("{}")
        seam.house.clock.advance(by: 1)
        try seam.create("{}")
        #expect(names(try seam.ask(.get, "list?created_before=\(before)")).count == count)
    }

    @Test func `created_before finds all who are older, though the clock was set back in between`() throws {
        let start: Int64 = 1_767_323_045_678
        for (number, time) in [0, 1000, 500, 2000, -1000, 3000].enumerated() {
            seam.house.clock.freeze(at: start + Int64(time))
            try seam.create(#"{"full_name":"n\#(number)"}"#)
        }
        // 03:04:05.678 and up to three seconds after, and one before.
        let before = [("03:04:05.678", ["n4"]), ("03:04:06.178", ["n0", "n4"]), ("03:04:06.678", ["n0", "n2", "n4"])]
        for (time, expected) in before {
            #expect(names(try seam.ask(.get, "list?created_before=2026-01-02T\(time)Z")) == expected)
        }
        let query = "created_before=2026-01-02T03:04:08Z&limit=2"
        let first = try seam.ask(.get, "list?\(query)")
        let cursor = try #require(first.at("pagination.next_page_cursor"))
        let second = try seam.ask(.get, "list?\(query)&page_cursor=\(cursor)")
        let last = try #require(second.at("pagination.next_page_cursor"))
        let third = try seam.ask(.get, "list?\(query)&page_cursor=\(last)")
        #expect(names(first) == ["n0", "n1"] && names(second) == ["n2", "n3"] && names(third) == ["n4"])
        #expect(third.at("pagination.has_next_page") == "false")
    }

    @Test func `one answer looks at ten thousand, and the cursor leads past them`() throws {
        try seam.create(#"{"full_name":"first"}"#)
        let (_, failure) = seam.house.store.batch { batch in
            for _ in 0..<10_020 {
                try? batch.request { batch throws in
                    let sandbox = try batch.openSandbox(named: "default", now: 0)
                    let id = try batch.nextUserID(of: VendorNumber(rawValue: 3), in: sandbox)
                    _ = try batch.create(
                        NewUser(id: id, claims: [], fields: Array(#"{"full_name":"X"}"#.utf8)), now: .max / 2,
                        request: 0)
                }
            }
        }
        #expect(failure == nil)
        try seam.create(#"{"full_name":"last \\ \"st"}"#)
        for (term, found) in [("st", ["first", #"last \ "st"#]), ("t+%5C+%22S", [#"last \ "st"#]), ("zz", [])] {
            var query = "search=\(term)&limit=7"
            var seen: [String] = []
            var pages = 0
            while true {
                let page = try seam.ask(.get, "list?\(query)")
                seen += names(page)
                pages += 1
                guard let cursor = page.at("pagination.next_page_cursor"), cursor != "null" else { break }
                query = "search=\(term)&limit=7&page_cursor=\(cursor)"
            }
            #expect(seen == found && pages == 2, "\(term)")
        }
        let whole = try seam.ask(.get, "list?limit=20000")
        let cursor = try #require(whole.at("pagination.next_page_cursor"))
        let rest = try seam.ask(.get, "list?limit=20000&page_cursor=\(cursor)")
        #expect(names(rest).count == 22 && rest.at("pagination.has_next_page") == "false")
    }

    @Test(arguments: [
        ("limit=0", #"Number must be greater than 0 for "limit""#),
        ("limit=-1", #"Number must be greater than 0 for "limit""#),
        ("limit=1.5", #"Expected integer, received float for "limit""#),
        ("limit=abc", #"Expected number, received string for "limit""#),
        ("limit=%202&_strict=true", #"Expected number, received string for "limit""#),
        ("limit=", #"Expected number, received null for "limit""#),
        ("search=", #"Expected string, received null for "search""#),
        ("created_before=yesterday", #"Invalid datetime for "created_before""#),
        ("created_before=2026-02-30T00:00:00Z", #"Invalid datetime for "created_before""#),
        ("created_before=2026-01-02", #"Invalid datetime for "created_before""#),
        ("user_identity_ids=x", #"Invalid uuid for "user_identity_ids.0""#),
        ("credential_manager_acs_system_id=x", #"Invalid uuid for "credential_manager_acs_system_id""#),
        (
            "limit=0&created_before=x",
            #"2 Input Errors: Number must be greater than 0 for "limit", Invalid datetime for "created_before""#
        ),
    ])
    func `a parameter that breaks the schema is told of in zod's words`(query: String, message: String) throws {
        #expect(try seam.ask(.get, "list?\(query)").invalidInput(message) != nil)
    }

    @Test(arguments: ["limit=%202%20", "limit=2.0", "limit=99999999999999999999", "limit=2e0"])
    func `a number may be written so`(query: String) throws {
        #expect(try seam.ask(.get, "list?\(query)").status == 200)
    }
}
