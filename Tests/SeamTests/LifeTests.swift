import HTTPServer
import Seam
import TestSupport
import Testing
import UserStore
import VendorKit

/// Getting, changing and deleting a user identity, by each method that Seam takes.
@Suite struct LifeTests {
    let seam: SeamHouse
    static let void = #"{"ok":true}"#
    static let nobody = "00000000-0000-4000-8000-000000000000"

    init() throws {
        seam = try SeamHouse()
    }

    // MARK: - get

    @Test(arguments: [Method.get, .post])
    func `it is got by id or key, from the query or the body, as it was created`(method: Method) throws {
        let created = try seam.create(CreateUserIdentityTests.sample)
        let id = try #require(created.at("user_identity.user_identity_id"))
        for query in ["user_identity_id=\(id)", "user_identity_id=\(id.uppercased())", "user_identity_key=jean_doe"] {
            for form in [query, query + "&_strict=true", query + "&other=1"] {
                #expect(try seam.ask(method, "get?\(form)").text == created.text)
            }
        }
        #expect(try seam.ask(method, "get", #"{"user_identity_id":"\#(id)"}"#).text == created.text)
        #expect(try seam.ask(method, "get?user_identity_id=x", #"{"user_identity_id":"\#(id)"}"#).text == created.text)
    }

    @Test func `a key is found byte for byte, escapes and plus undone`() throws {
        let key = #"{"user_identity_key":"jane doe+é&x"}"#
        try seam.create(key)
        #expect(try seam.ask(.get, "get?user_identity_key=jane+doe%2B%C3%A9%26x&_strict=true").status == 200)
        #expect(try seam.ask(.get, "get?user_identity_key=jane+doe%2Be%CC%81%26x").status == 404)
        #expect(try seam.ask(.get, "get?user_identity_key=jane,doe").status == 404)
    }

    @Test(arguments: [
        (
            "",
            #"{"_errors":[],"user_identity_id":{"_errors":["Required"]},"user_identity_key":{"_errors":["Required"]}}"#
        ),
        (
            "?user_identity_id=x",
            #"{"_errors":[],"user_identity_id":{"_errors":["Invalid uuid"]},"user_identity_key":{"_errors":["Required"]}}"#
        ),
        (
            "?user_identity_key=",
            #"{"_errors":[],"user_identity_id":{"_errors":["Required"]},"user_identity_key":{"_errors":["Expected string, received null"]}}"#
        ),
    ])
    func `neither a good id nor a good key is a union without a fitting branch`(query: String, errors: String) throws {
        #expect(try seam.ask(.get, "get\(query)").invalidInput("Invalid input") == errors)
    }

    @Test(arguments: [
        (Method.get, "get"), (.post, "get"), (.patch, "update"), (.post, "update"), (.delete, "delete"),
        (.post, "delete"),
    ])
    func `an id of nobody, or of another workspace, is not found`(method: Method, operation: String) throws {
        let other = try seam.make("{}", token: "seam_test_key.other")
        for id in [Self.nobody, other] {
            try seam.ask(method, "\(operation)?user_identity_id=\(id)").expectError(
                404, "user_identity_not_found", "User identity not found")
        }
    }

    @Test(arguments: [
        ("get", Method.put, "GET,POST"), ("list", .patch, "GET,POST"), ("update", .get, "PATCH,POST"),
        ("delete", .get, "DELETE,POST"), ("merge", .get, "POST"),
    ])
    func `another method is told of those that are accepted`(
        operation: String, method: Method, accepted: String
    ) throws {
        try seam.ask(method, operation).expectError(405, "method_not_allowed", "only \(accepted) accepted")
    }

    @Test func `a client session may read, and none is ever found`() throws {
        for operation in ["get", "list"] {
            try seam.ask(.get, operation, token: "seam_cst1_x").expectError(
                401, "client_session_not_found", "Unauthorized (client session not found)")
            try seam.house.send(.get, "/user_identities/\(operation)", [("client-session-token", "seam_cst1")])
                .expectError(401, "client_session_not_found", "Unauthorized (client session not found)")
            try seam.house.send(.get, "/user_identities/\(operation)", [("seam-client-session-token", "x")])
                .expectError(400, "invalid_client_session_token", "Invalid client session token")
        }
        for operation in ["update", "delete", "merge"] {
            try seam.ask(.post, operation, token: "seam_cst1_x").expectError(
                401, "unauthorized", "No authentication methods succeeded")
        }
    }

    // MARK: - Queries

    @Test func `a name that is no array's is sent once`() throws {
        try seam.ask(.get, "get?user_identity_key=a&user_identity_key=b&_strict=true").expectError(
            400, "invalid_query_params",
            "Could not parse parameter: 'user_identity_key' has repeated values but is not an array parameter")
    }

    // MARK: - update

    @Test(arguments: [Method.patch, .post])
    func `what is left out stays, null clears, and the name to show follows`(method: Method) throws {
        let id = try seam.make(CreateUserIdentityTests.sample)
        let body = #"{"user_identity_id":"\#(id)","full_name":null,"email_address":"new@example.com"}"#
        #expect(try seam.ask(method, "update", body).text == Self.void)
        let now = try seam.ask(.get, "get?user_identity_id=\(id)")
        #expect(now.at("user_identity.full_name") == "null")
        #expect(now.at("user_identity.display_name") == "new@example.com")
        #expect(now.at("user_identity.user_identity_key") == "jean_doe")
        #expect(now.at("user_identity.phone_number") == "+15555550110")
        #expect(now.at("user_identity.created_at") == "2026-01-02T03:04:05.678Z")
    }

    @Test func `claims move with an update: the old value is free, the new one taken`() throws {
        let id = try seam.make(#"{"email_address":"a@b.co"}"#)
        let body = #"{"user_identity_id":"\#(id)","email_address":"c@b.co"}"#
        #expect(try seam.ask(.patch, "update", body).status == 200)
        #expect(try seam.ask(.patch, "update", body).status == 200)
        #expect(try seam.create("email_address", #""c@b.co""#).status == 409)
        #expect(try seam.create("email_address", #""a@b.co""#).status == 200)
        try seam.ask(.patch, "update", #"{"user_identity_id":"\#(id)","email_address":"a@b.co","full_name":"N"}"#)
            .expectError(
                409, "user_identity_email_or_phone_conflict", "A user identity with this email_address already exists")
        #expect(try seam.ask(.get, "get?user_identity_id=\(id)").at("user_identity.full_name") == "null")
    }

    @Test func `fields are checked before the user identity is looked for, in the order of the schema`() throws {
        let answer = try seam.ask(.patch, "update", #"{"full_name":"","email_address":"x","user_identity_id":"x"}"#)
        #expect(
            answer.invalidInput(
                #"3 Input Errors: Invalid uuid for "user_identity_id", Invalid email for "email_address", String must contain at least 1 character(s) for "full_name""#
            ) != nil)
        #expect(try seam.ask(.patch, "update", "{}").invalidInput("user_identity_id is required") != nil)
        #expect(try seam.ask(.delete, "delete").invalidInput("user_identity_id is required") != nil)
        #expect(try seam.ask(.post, "update", "[]").invalidInput("Expected object, received array") != nil)
    }

    @Test func `of fifty that are changed to one address at once, one has it`() throws {
        let ids = try (0..<50).map { _ in try seam.make("{}") }
        let requests = try ids.map { id in
            try Request.make(
                .patch, "/user_identities/update", fields: [SeamHouse.key, SeamHouse.json],
                body: Array(#"{"user_identity_id":"\#(id)","email_address":"one@b.co"}"#.utf8))
        }
        #expect(seam.house.send(requests).map(\.status).sorted() == [200] + Array(repeating: 409, count: 49))
        let owners = try ids.filter {
            try seam.ask(.get, "get?user_identity_id=\($0)").at("user_identity.email_address") == "one@b.co"
        }
        #expect(owners.count == 1)
    }

    // MARK: - delete

    @Test(arguments: [Method.delete, .post])
    func `it is gone at once, and all that it claimed is free`(method: Method) throws {
        let id = try seam.make(CreateUserIdentityTests.sample)
        #expect(try seam.ask(method, "delete?user_identity_id=\(id)&_strict=true").text == Self.void)
        #expect(try seam.ask(method, "delete?user_identity_id=\(id)").status == 404)
        #expect(try seam.ask(.get, "get?user_identity_key=jean_doe").status == 404)
        #expect(try seam.make(CreateUserIdentityTests.sample) != id)
    }

    // MARK: - merge

    @Test func `ids and keys of the merged lead to the survivor, who takes what it lacks`() throws {
        let survivor = try seam.make(#"{"user_identity_key":"s","phone_number":"+15555550110"}"#)
        let first = try seam.make(
            #"{"user_identity_key":"a","email_address":"a@b.co","phone_number":"+15555550111","full_name":"A"}"#)
        let second = try seam.make(#"{"email_address":"b@b.co"}"#)
        let body = #"{"user_identity_id":"\#(survivor)","merged_user_identity_ids":["\#(first)","\#(second)"]}"#
        #expect(try seam.ask(.post, "merge", body).text == Self.void)
        #expect(try seam.ask(.post, "merge", body).text == Self.void)
        for query in ["user_identity_id=\(first)", "user_identity_id=\(second)", "user_identity_key=a"] {
            let answer = try seam.ask(.get, "get?\(query)")
            #expect(answer.at("user_identity.user_identity_id") == survivor)
            #expect(answer.at("user_identity.email_address") == "a@b.co")
            #expect(answer.at("user_identity.phone_number") == "+15555550110")
            #expect(answer.at("user_identity.full_name") == "null")
            #expect(answer.at("user_identity.merged_user_identity_ids") == #"["\#(first)","\#(second)"]"#)
            #expect(answer.at("user_identity.merged_user_identity_keys") == #"["a"]"#)
        }
        #expect(try seam.create("user_identity_key", #""a""#).status == 409)
        #expect(try seam.create("email_address", #""a@b.co""#).status == 409)
        #expect(try seam.create("email_address", #""b@b.co""#).status == 200)
        #expect(try seam.create("phone_number", #""+15555550111""#).status == 200)
        // A second merger takes along what the first one gathered, and by a merged key as well.
        let last = try seam.make(#"{"user_identity_key":"z"}"#)
        #expect(
            try seam.ask(.post, "merge", #"{"user_identity_key":"z","merged_user_identity_keys":["a"]}"#).status == 200)
        for query in ["user_identity_id=\(second)", "user_identity_key=a", "user_identity_key=s"] {
            #expect(try seam.ask(.get, "get?\(query)").at("user_identity.user_identity_id") == last)
        }
        #expect(try seam.ask(.post, "delete?user_identity_id=\(first)").status == 200)
        #expect(try seam.create("user_identity_key", #""a""#).status == 200)
        #expect(try seam.ask(.get, "get?user_identity_id=\(second)").status == 404)
    }

    @Test func `a merger that finds one of them missing changes nothing`() throws {
        let survivor = try seam.make(#"{"user_identity_key":"s"}"#)
        let other = try seam.make("{}")
        let body = #"{"user_identity_id":"\#(survivor)","merged_user_identity_ids":["\#(other)","\#(Self.nobody)"]}"#
        #expect(try seam.ask(.post, "merge", body).status == 404)
        #expect(try seam.ask(.get, "get?user_identity_id=\(other)").at("user_identity.user_identity_id") == other)
    }

    @Test func `one to twenty are merged, by id or by key alone`() throws {
        let id = try seam.make("{}")
        let keys = #"user_identity_key":{"_errors":["Required"]},"merged_user_identity_keys":{"_errors":["Required"]}}"#
        let empty = try seam.ask(.post, "merge", #"{"user_identity_id":"\#(id)","merged_user_identity_ids":[]}"#)
        #expect(
            empty.invalidInput("Invalid input")
                == #"{"_errors":[],"merged_user_identity_ids":{"_errors":["Array must contain at least 1 element(s)"]},"\#(keys)"#
        )
        let many = Array(repeating: "\"\(id)\"", count: 21).joined(separator: ",")
        let answer = try seam.ask(
            .post, "merge", #"{"user_identity_id":"\#(id)","merged_user_identity_ids":[\#(many)]}"#)
        #expect(answer.invalidInput("Invalid input")?.contains("at most 20 element(s)") == true)
    }

    // MARK: - People

    @Test func `a user identity is shown as a person`() throws {
        let created = try seam.create(CreateUserIdentityTests.sample)
        let vendor = Seam()
        #expect((1...4).map { vendor.name(ofClaim: $0) }.first == "user_identity_key")
        let person = seam.house.store.batch { batch -> Person? in
            guard let sandbox = try? batch.sandbox(named: "default"),
                let user = try? batch.users(of: vendor.number, in: sandbox, limit: 1).first
            else { return nil }
            return try? vendor.person(user, in: "default")
        }.result
        #expect(person?.email == "jean@example.com" && person?.phone == "+15555550110" && person?.name == "Jean Doe")
        #expect(person?.id == created.at("user_identity.user_identity_id"))
        #expect(person.map { String(decoding: $0.json, as: UTF8.self) } == created.at("user_identity"))
    }
}
