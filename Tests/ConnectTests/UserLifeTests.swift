import HTTPServer
import TestSupport
import Testing
import VendorKit

/// Reading, listing and changing users, and the customers whom they belong to.
struct UserLifeTests {
    let client = Client()
    static let key = ("X-API-Key", "connect_test_key")
    static let json = ("Content-Type", "application/json")
    static let notFound = #"404 {"message":"The requested resource does not exist","code":"NOT_FOUND"}"#

    private func get(_ target: String) throws -> TestAnswer {
        try client.house.send(.get, "/users\(target)", [Self.key])
    }

    private func put(_ id: String, _ body: String) throws -> TestAnswer {
        try client.house.send(.put, "/users/\(id)", [Self.key, Self.json], body: body)
    }

    private func id(_ answer: TestAnswer, _ name: String = "userId") throws -> String {
        try #require(answer.at(name))
    }

    private func names(_ answer: TestAnswer) -> [String] {
        (0..<1000).prefix { answer.at("items.\($0)") != nil }.compactMap { answer.at("items.\($0).name") }
    }

    @Test func `a user is read where Location says, as it was created`() throws {
        for target in ["/users", "/connect/users"] {
            let created = try client.post(#"{"name":"J","metadata":{"n":1.0}}"#, at: target)
            let place = try #require(created["Location"])
            #expect(place == "\(target)/\(try id(created))")
            let read = try client.house.send(.get, place, [Self.key])
            #expect(read.whole == "200 \(created.text)")
        }
    }

    @Test(arguments: ["00000000-0000-4000-8000-000000000000", "x", "rid_x", "%00"])
    func `an id of nobody is not found`(id: String) throws {
        #expect(try get("/\(id)").whole == Self.notFound)
        #expect(try put(id, "{}").whole == Self.notFound)
    }

    @Test func `a user of another organisation is not found`() throws {
        let other = try id(try client.post(#"{"name":"J"}"#, key: "connect_test_key.other"))
        #expect(try get("/\(other)").whole == Self.notFound)
    }

    @Test func `an update changes what it names, and the time of the last change`() throws {
        let user = try id(try client.post(#"{"name":"J","email":"j@b.co","metadata":{"a":1}}"#))
        client.house.clock.advance(by: 1)
        let answer = try put(user, #"{"email":"k@b.co","userId":"x"}"#)
        #expect(answer.status == 200)
        #expect(answer.at("name") == "J" && answer.at("email") == "k@b.co" && answer.at("metadata") == #"{"a":1}"#)
        #expect(answer.at("createdAt") == "2026-01-02T03:04:05.678Z")
        #expect(answer.at("updatedAt") == "2026-01-02T03:04:05.679Z")
        #expect(try get("/\(user)").text == answer.text)
        #expect(try put(user, #"{"name":" "}"#).status == 400)
        #expect(try put(user, #"{"name":null}"#).status == 400)
        #expect(try put(user, "[]").status == 400)
        #expect(try get("/\(user)").text == answer.text)
    }

    @Test func `an idempotency key means nothing where none is taken`() throws {
        let user = try id(try client.post(#"{"name":"J"}"#))
        let fields = [Self.key, Self.json, ("X-Idempotency-Key", "")]
        #expect(try client.house.send(.get, "/users/\(user)", fields).status == 200)
        #expect(try client.house.send(.put, "/users/\(user)", fields, body: "{}").status == 200)
    }

    @Test func `of fifty updates at once the last one stands`() throws {
        let user = try id(try client.post(#"{"name":"J"}"#))
        let requests = try (0..<50).map { index in
            try Request.make(
                .put, "/users/\(user)", fields: [Self.key, Self.json], body: Array(#"{"name":"n\#(index)"}"#.utf8))
        }
        #expect(client.house.send(requests).allSatisfy { $0.status == 200 })
        #expect(try get("/\(user)").at("name") == "n49")
    }

    @Test func `an empty organisation has no users`() throws {
        #expect(
            try get("").whole
                == #"200 {"items":[],"pagination":{"total":0,"limit":100,"offset":0,"sort":{"key":"createdAt","direction":"ASC"}}}"#
        )
    }

    @Test func `a list is a part of all, oldest first, and counts all`() throws {
        for index in 0..<5 { try client.post(#"{"name":"n\#(index)","email":"E\#(index)@x.co"}"#) }
        let part = try get("?limit=2&offset=1")
        #expect(names(part) == ["n1", "n2"])
        #expect(part.at("pagination.total") == "5" && part.at("pagination.offset") == "1")
        #expect(names(try get("?filter=e3@X")) == ["n3"])
        let some = try get("?filter=N&limit=2&offset=3")
        #expect(names(some) == ["n3", "n4"] && some.at("pagination.total") == "5")
        #expect(names(try get("?offset=9")) == [])
        #expect(names(try get("?filter=")).count == 5)
    }

    @Test func `a list keeps the order of creation, though the clock was set back`() throws {
        for index in 0..<4 {
            try client.post(#"{"name":"n\#(index)"}"#)
            client.house.clock.advance(by: -1000)
        }
        #expect(names(try get("")) == ["n0", "n1", "n2", "n3"])
        #expect(names(try get("?offset=2&limit=1")) == ["n2"])
    }

    @Test func `of several customers each member is listed and counted once`() throws {
        let users = try (0..<12).map { try id(try client.post(#"{"name":"n\#($0)"}"#)) }
        let customers = try ["A", "B", "C"].map {
            try id(try client.post(#"{"name":"\#($0)"}"#, at: "/customers"), "customerId")
        }
        for (index, user) in users.enumerated().reversed() {
            for (place, customer) in customers.enumerated() where index % (place + 2) == 0 {
                try client.post(#"{"userId":"\#(user)"}"#, at: "/customers/\(customer)/users")
            }
        }
        let table: [(String, [Int])] = [
            ("customerId=\(customers[0])", [0, 2, 4, 6, 8, 10]),
            ("customerId=\(customers[0])&customerId=\(customers[0])", [0, 2, 4, 6, 8, 10]),
            ("customerId=\(customers[0])&customerId=\(customers[1])", [0, 2, 3, 4, 6, 8, 9, 10]),
            ("customerId=\(customers[1])&customerId=\(customers[2])&customerId=x", [0, 3, 4, 6, 8, 9]),
            ("customerId=\(customers[0])&customerId=\(customers[1])&filter=N1", [10]),
            ("customerId=\(customers[2])&filter=n", [0, 4, 8]),
        ]
        for (query, expected) in table {
            for (offset, limit) in [(0, 100), (1, 2), (3, 3), (9, 1)] {
                let part = try get("?\(query)&offset=\(offset)&limit=\(limit)")
                #expect(names(part) == expected.dropFirst(offset).prefix(limit).map { "n\($0)" }, "\(query)")
                #expect(part.at("pagination.total") == String(expected.count))
            }
        }
    }

    @Test(arguments: [
        ("limit=0", "Limit must be from 1 to 1000", "INVALID_FORMAT", "limit"),
        ("limit=1001", "Limit must be from 1 to 1000", "INVALID_FORMAT", "limit"),
        ("limit=x", "Limit must be an integer", "INVALID_TYPE", "limit"),
        ("limit=", "Limit must be an integer", "INVALID_TYPE", "limit"),
        ("offset=-1", "Offset must be an integer", "INVALID_TYPE", "offset"),
    ])
    func `a limit and an offset have their bounds`(
        query: String, message: String, code: String, property: String
    ) throws {
        #expect(
            try get("?\(query)").whole
                == invalid(#"{"message":"\#(message)","code":"\#(code)","property":"\#(property)"}"#))
    }

    @Test func `a user that joins customers has their ids and names, and is listed by them`() throws {
        let user = try id(try client.post(#"{"name":"J"}"#))
        try client.post(#"{"name":"K"}"#)
        let a = try id(try client.post(#"{"name":"A"}"#, at: "/customers"), "customerId")
        let b = try id(try client.post(#"{"name":"B"}"#, at: "/customers"), "customerId")
        let body = #"{"userId":"\#(user)"}"#
        #expect(
            try client.post(body, at: "/customers/\(a)/users").whole
                == #"201 {"userId":"\#(user)","name":"J","role":"MEMBER"}"#)
        #expect(try client.post(#"{"userId":"\#(user)","role":"ADMIN"}"#, at: "/customers/\(b)/users").status == 201)
        #expect(try client.post(body, at: "/customers/\(b)/users").status == 201)
        let read = try get("/\(user)")
        #expect(read.at("customerIds") == #"["\#(a)","\#(b)"]"#)
        #expect(read.at("customers") == #"[{"customerId":"\#(a)","name":"A"},{"customerId":"\#(b)","name":"B"}]"#)
        #expect(names(try get("?customerId=\(b)")) == ["J"])
        #expect(names(try get("?customerId=x&customerId=\(a)")) == ["J"])
        #expect(names(try get("?customerId=x")) == [])
        #expect(try put(user, #"{"name":"N"}"#).at("customerIds") == #"["\#(a)","\#(b)"]"#)
    }

    @Test func `customers and their users are refused in the vendor's words`() throws {
        let a = try id(try client.post(#"{"name":"A"}"#, at: "/customers"), "customerId")
        let missing = #"{"message":"UserId is required","code":"FIELD_REQUIRED","property":"userId"}"#
        #expect(try client.post("{}", at: "/customers/\(a)/users").whole == invalid(missing))
        let nobody = #"{"userId":"00000000-0000-4000-8000-000000000000"}"#
        #expect(try client.post(nobody, at: "/customers/\(a)/users").whole == Self.notFound)
        #expect(try client.post(nobody, at: "/customers/x/users").whole == Self.notFound)
        #expect(try client.post(#"{"userId":"x","role":"KING"}"#, at: "/customers/\(a)/users").status == 400)
        #expect(try client.post("{}", at: "/customers").status == 400)
    }

    @Test func `a key that made a customer makes no user, and gives the customer again`() throws {
        let first = try client.post(#"{"name":"A"}"#, under: "k", at: "/customers")
        #expect(first.status == 201)
        #expect(try client.post(#"{"name":"A"}"#, under: "k", at: "/customers").repeats(first))
        #expect(try client.post(#"{"name":"A"}"#, under: "k").whole == mismatch)
        #expect(client.stored().isEmpty)
    }
}
