import Foundation
import HTTPServer
import TestSupport
import Testing
import UserStore
import VendorKit

/// The table of what a key does; rows are those of the notes on the vendor.
struct IdempotencyTests {
    let client = Client()
    static let john = #"{"name":"J"}"#
    static let day: Int64 = 24 * 60 * 60 * 1000

    @Test func `without a key the same request makes another user`() throws {
        let answers = [try client.post(Self.john), try client.post(Self.john)]
        #expect(answers.map(\.status) == [201, 201])
        #expect(answers[0].at("userId") != answers[1].at("userId"))
        #expect(client.keys().isEmpty)
    }

    @Test func `the same request under its key gets the first answer byte for byte, and makes nothing`() throws {
        let first = try client.post(#"{"name":"J","metadata":{"n":1.0}}"#, under: "k")
        client.house.clock.advance(by: 1000)
        try client.post(#"{"name":"other"}"#)
        for _ in 0..<3 {
            let again = try client.post(#"{"name":"J","metadata":{"n":1.0}}"#, under: "k")
            #expect(first.status == 201 && again.repeats(first))
        }
        #expect(client.stored().count == 2 && client.keys() == ["k"])
    }

    @Test func `no field marks a replay`() throws {
        try client.post(Self.john, under: "k")
        let again = try client.post(Self.john, under: "k")
        let id = try #require(again.at("userId"))
        #expect(
            String(decoding: again.response.fields.bytes, as: UTF8.self)
                == "Content-Type: application/json\r\nLocation: /users/\(id)\r\n")
    }

    @Test(
        arguments: [
            // Another body, also one that is the same JSON, or none.
            (#"{"name":"K"}"#, "application/json", "/users", nil),
            (#"{"name": "J"}"#, "application/json", "/users", nil),
            ("{\"name\":\"J\"}\n", "application/json", "/users", nil),
            (#"{"n\u0061me":"J"}"#, "application/json", "/users", nil),
            (#"{"name":"J","name2":1}"#, "application/json", "/users", nil),
            ("{}", "application/json", "/users", nil),
            ("{", "application/json", "/users", nil),
            (nil, "application/json", "/users", nil),
            // Another spelling of the media type.
            (john, "application/json; charset=utf-8", "/users", nil),
            (john, "application/JSON", "/users", nil),
            // Another query.
            (john, "application/json", "/users?a=1", nil),
            (john, "application/json", "/users?", nil),
            // Another user behind the key.
            (john, "application/json", "/users", "Bearer one"),
            (john, "application/json", "/users", ""),
        ] as [(String?, String, String, String?)])
    func `another request under a used key is a 409, and the kept answer stays`(
        body: String?, type: String, target: String, authorization: String?
    ) throws {
        let first = try client.post(Self.john, under: "k")
        let fields = authorization.map { [("Authorization", $0)] } ?? []
        let answer = try client.post(body, under: "k", type: type, at: target, fields)
        #expect(answer.whole == mismatch)
        #expect(answer["Content-Type"] == "application/json")
        #expect(try client.post(Self.john, under: "k").repeats(first))
        #expect(client.stored() == [Self.john])
    }

    @Test func `query and Authorization are part of what must be the same`() throws {
        let fields = [("Authorization", "Bearer one")]
        let first = try client.post(Self.john, under: "k", at: "/users?b=2&a=1", fields)
        #expect(try client.post(Self.john, under: "k", at: "/users?b=2&a=1", fields).repeats(first))
        #expect(try client.post(Self.john, under: "k", at: "/users?a=1&b=2", fields).whole == mismatch)
        #expect(
            try client.post(Self.john, under: "k", at: "/users?b=2&a=1", [("Authorization", "Bearer two")]).whole
                == mismatch)
        #expect(try client.post(Self.john, under: "k", at: "/users?b=2&a=1").whole == mismatch)
    }

    @Test func `the secret of Authorization is not kept`() throws {
        try client.post(Self.john, under: "k", [("Authorization", "Bearer s3cr3t-t0ken")])
        let kept = client.house.store.batch { batch -> [UInt8] in
            guard let sandbox = try? batch.sandbox(named: "default"),
                let record = try? batch.idempotencyRecord(
                    for: "k", vendor: VendorNumber(rawValue: 2), in: sandbox, now: client.house.clock.now)
            else { return [] }
            return record.fingerprint
        }.result
        #expect(!kept.isEmpty && !String(decoding: kept, as: UTF8.self).contains("s3cr3t"))
    }

    @Test func `fields that do not matter may differ`() throws {
        let first = try client.post(Self.john, under: "k")
        let others = [("User-Agent", "x"), ("Accept", "*/*"), ("X-Request-Id", "7"), ("Accept-Encoding", "gzip")]
        #expect(try client.post(Self.john, under: "k", others).repeats(first))
    }

    @Test(arguments: ["/connect/users", "/users", "/u%73ers", "http://connect.localhost/users"])
    func `prefix, host and bare path are one operation`(target: String) throws {
        let first = try client.post(Self.john, under: "k")
        #expect(try client.post(Self.john, under: "k", at: target).repeats(first))
    }

    @Test(
        arguments: [
            "k", "a b", "!~", #""quoted""#, "key,with;marks", "8e03978e-40d5-43e8-bc93-6894a57f9324",
            String(repeating: "k", count: 256),
        ])
    func `a key works`(key: String) throws {
        let first = try client.post(Self.john, under: key)
        #expect(first.status == 201)
        #expect(try client.post(Self.john, under: key).repeats(first))
        #expect(client.keys() == [key])
    }

    @Test(arguments: [
        (String(repeating: "k", count: 257), "must be 1 to 256 characters"),
        ("", "must be 1 to 256 characters"), (" \t ", "must be 1 to 256 characters"),
        ("schlüssel", "must be printable ASCII"), (String(repeating: "é", count: 129), "must be printable ASCII"),
        ("a\tb", "must be printable ASCII"), ("鍵", "must be printable ASCII"),
    ])
    func `a key is refused, and nothing runs`(key: String, message: String) throws {
        #expect(try client.post(Self.john, under: key).whole == badField("X-Idempotency-Key", message))
        #expect(client.stored().isEmpty && client.keys().isEmpty)
    }

    @Test func `a key whose bytes are no UTF-8 is refused`() throws {
        var wire = Array("POST /users HTTP/1.1\r\nHost: h\r\nX-API-Key: connect_test_key\r\nX-Idempotency-Key: a".utf8)
        wire += [0xE9] + Array("\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}".utf8)
        let answer = client.house.send([try Request.parse(wire)])[0]
        #expect(answer.whole == badField("X-Idempotency-Key", "must be printable ASCII"))
    }

    @Test func `a key of 257 characters is never cut to one of 256`() throws {
        let key = String(repeating: "k", count: 256)
        #expect(try client.post(Self.john, under: key).status == 201)
        #expect(try client.post(Self.john, under: key + "k").status == 400)
    }

    @Test(arguments: ["k", "l"])
    func `a key that comes twice is refused`(second: String) throws {
        let answer = try client.post(Self.john, under: "k", [("x-idempotency-key", second)])
        #expect(answer.whole == badField("X-Idempotency-Key", "must be sent once"))
        #expect(client.stored().isEmpty)
    }

    @Test func `blanks around a key are no part of it`() throws {
        let first = try client.post(Self.john, under: "  k\t")
        #expect(try client.post(Self.john, under: "k").repeats(first))
    }

    @Test func `keys that differ in letter case are two`() throws {
        #expect(try client.post(Self.john, under: "k").status == 201)
        #expect(try client.post(Self.john, under: "K").status == 201)
        #expect(client.stored().count == 2)
    }

    @Test func `a key lives for 24 hours from its first use, and a replay does not prolong that`() throws {
        let first = try client.post(Self.john, under: "k")
        for step in [Self.day / 2, Self.day / 2 - 1] {
            client.house.clock.advance(by: step)
            #expect(try client.post(Self.john, under: "k").repeats(first))
        }
        #expect(try client.post("{}", under: "k").whole == mismatch)
        // 24 hours are over.
        client.house.clock.advance(by: 1)
        let second = try client.post(Self.john, under: "k")
        #expect(second.status == 201 && second.at("userId") != first.at("userId"))
        #expect(client.stored().count == 2 && client.keys() == ["k"])
        // And this was a first use again.
        client.house.clock.advance(by: Self.day - 1)
        #expect(try client.post(Self.john, under: "k").repeats(second))
    }

    @Test func `an expired key may be used for another request`() throws {
        try client.post(Self.john, under: "k")
        client.house.clock.advance(by: Self.day)
        #expect(try client.post(#"{"name":"K"}"#, under: "k").status == 201)
        #expect(try client.post(Self.john, under: "k").whole == mismatch)
    }

    @Test(arguments: [
        ("{", "application/json", "connect_test_key", "/users", 400),
        ("{}", "application/json", "connect_test_key", "/users", 400),
        (john, "text/plain", "connect_test_key", "/users", 415),
        (john, "application/json", "wrong", "/connect/users", 401),
        (john, "application/json", "connect_test_key", "/connect/user", 404),
        (body(john, padded: 1_048_577), "application/json", "connect_test_key", "/users", 413),
    ])
    func `a failure leaves the key free`(body: String, type: String, key: String, target: String, status: Int) throws {
        #expect(try client.post(body, under: "k", key: key, type: type, at: target).status == status)
        #expect(client.keys().isEmpty)
        let first = try client.post(#"{"name":"corrected"}"#, under: "k")
        #expect(first.status == 201)
        #expect(try client.post(#"{"name":"corrected"}"#, under: "k").repeats(first))
    }

    @Test func `a method that is not there leaves the key free`() throws {
        let fields = [("X-API-Key", "connect_test_key"), ("X-Idempotency-Key", "k")]
        #expect(try client.house.send(.put, "/users", fields).status == 405)
        #expect(try client.house.send(.options, "/users", fields).status == 204)
        #expect(try client.post(Self.john, under: "k").status == 201)
    }

    @Test func `a key of another organisation is another key`() throws {
        let first = try client.post(Self.john, under: "k")
        let other = try client.post(#"{"name":"K"}"#, under: "k", key: "connect_test_key.other")
        #expect(first.status == 201 && other.status == 201)
        #expect(try client.post(Self.john, under: "k").repeats(first))
        #expect(try client.post(#"{"name":"K"}"#, under: "k", key: "connect_test_key.other").repeats(other))
        #expect(client.stored() == [Self.john] && client.stored("other") == [#"{"name":"K"}"#])
    }

    @Test func `two spellings of the credential of one organisation share its keys`() throws {
        let first = try client.post(Self.john, under: "k")
        #expect(try client.post(Self.john, under: "k", key: "connect_test_key.default").repeats(first))
    }

    @Test func `of 40 equal requests in one turn, one makes a user and all get its answer`() throws {
        let request = try client.request(Self.john, under: "k")
        let answers = client.house.send(Array(repeating: request, count: 40))
        #expect(answers.allSatisfy { $0.status == 201 && $0.repeats(answers[0]) })
        #expect(client.stored() == [Self.john] && client.keys() == ["k"])
    }

    @Test func `of two different requests in one turn the second is a 409`() throws {
        let answers = client.house.send([
            try client.request("{}", under: "k"), try client.request(Self.john, under: "k"),
            try client.request(#"{"name":"K"}"#, under: "k"),
        ])
        #expect(answers[0].status == 400)
        #expect(answers[1].status == 201)
        #expect(answers[2].whole == mismatch)
        #expect(client.stored() == [Self.john])
    }

    @Test func `two servers on one file share its keys, also after a restart`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "understudy-connect-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = StoreLocation.file(folder + "/store.sqlite")
        let one = Client(try UserStore(at: file))
        let two = Client(try UserStore(at: file))
        let first = try one.post(Self.john, under: "k")
        #expect(try two.post(Self.john, under: "k").repeats(first))
        #expect(try two.post("{}", under: "k").whole == mismatch)
        one.house.store.close()
        two.house.store.close()
        let three = Client(try UserStore(at: file))
        #expect(try three.post(Self.john, under: "k").repeats(first))
        #expect(three.stored() == [Self.john])
        three.house.store.close()
    }
}
