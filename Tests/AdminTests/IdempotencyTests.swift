import Foundation
import HTTPServer
import TestSupport
import Testing
import VendorKit

struct IdempotencyTests {
    let house: AdminHouse
    private static let ada = #"{"name":"Ada","metadata":{"plan":"gold","seats":2}}"#

    init() throws {
        house = try AdminHouse()
    }

    private func entry(_ member: String) throws -> String? {
        try house.admin(.get, "/__admin/idempotency").at("keys.0.\(member)")
    }

    @Test func `replays of a key are counted, one by one`() throws {
        for _ in 0..<3 { #expect(try house.connect(Self.ada, key: "k").status == 201) }
        #expect(try entry("hits") == "2")
        #expect(try entry("mismatches") == "0")
        #expect(try entry("locked") == "0")
    }

    @Test(arguments: [
        (#"{"name":"Bob","metadata":{"plan":"gold","seats":2}}"#, "body.name"),
        (#"{"name":"Ada","metadata":{"plan":"blue","seats":2.0}}"#, "body.metadata.plan,body.metadata.seats"),
        (#"{"name":"Ada","email":"a@b.co"}"#, "body.metadata,body.email"),
        (#"{"metadata":{"seats":2,"plan":"gold"},"name":"Ada"}"#, "body"),
        ("{", "body"),
        (#"{"name":"Ada","metadata":{"plan":"gold","seats":2},"a;b,c é":1}"#, "body.a?b?c???"),
    ])
    func `a mismatch names what differs, in the header, in explain and beside the key`(
        body: String, places: String
    ) throws {
        try house.connect(Self.ada, key: "k")
        let refused = try house.connect(body, key: "k")
        #expect(refused.at("code") == "idempotency_key_mismatch")
        #expect(
            refused["x-understudy-why"]
                == "idempotency_key_mismatch; evidence=documented; differs=\(places); by=req_1")
        let explained = try house.admin(.get, "/__admin/requests/req_2/explain")
        #expect(explained.at("idempotency.outcome") == "mismatch")
        #expect(explained.at("idempotency.differs") == (try entry("latest_mismatches.0.differs")))
        #expect(explained.at("bodies.earlier.body") == Self.ada)
        #expect(try entry("mismatches") == "1" && entry("latest_mismatches.0.request") == "req_2")
        #expect(try entry("hits") == "0")
    }

    @Test(arguments: [
        ("/connect/users?a=1", "application/json", nil, "query"),
        ("/connect/customers", "application/json", nil, "path"),
        ("/connect/users", "application/json;charset=utf-8", nil, "header.content-type"),
        ("/connect/users", "application/json", "Bearer t", "header.authorization"),
    ])
    func `what differs may be the path, the query or a field`(
        target: String, type: String, authorization: String?, place: String
    ) throws {
        try house.connect(Self.ada, key: "k")
        var fields = [("X-API-Key", "connect_test_key"), ("Content-Type", type), ("X-Idempotency-Key", "k")]
        if let authorization { fields.append(("Authorization", authorization)) }
        let refused = try house.house.send(.post, target, fields, body: Self.ada)
        #expect(refused["x-understudy-why"]?.contains("; differs=\(place); ") == true)
    }

    @Test func `only the last few mismatches are told, and all are counted`() throws {
        try house.connect(Self.ada, key: "k")
        for index in 0..<20 { try house.connect(#"{"name":"\#(index)"}"#, key: "k") }
        #expect(try entry("mismatches") == "20")
        #expect(try entry("latest_mismatches.7.request") == "req_21")
        #expect(try entry("latest_mismatches.8.request") == nil)
    }

    @Test func `while the first answer is held back its key is locked`() throws {
        let first = try house.connect(Self.ada, key: "k", "", [("Prefer", "delay=60000")])
        #expect(first.status == 201 && first.response.delivery.delay == 60_000)
        let second = try house.connect(Self.ada, key: "k")
        #expect(second.status == 409)
        #expect(
            second.text
                == #"{"message":"A request with the same idempotency key is being processed","code":"idempotency_key_locked","hint":"Retry the identical request after 100-500 ms"}"#
        )
        #expect(second["x-understudy-why"] == "idempotency_key_locked; evidence=vendor; by=req_1")
        #expect(try entry("locked") == "1" && entry("hits") == "0")
        // Another request is told so at once; another key and another sandbox are free.
        #expect(try house.connect(#"{"name":"B"}"#, key: "k").at("code") == "idempotency_key_mismatch")
        #expect(try house.connect(Self.ada, key: "other").status == 201)
        #expect(try house.connect(Self.ada, key: "k", ".one").status == 201)
        // Moving the clock does not make a real delay end; a reset takes the key away, and the lock with it.
        house.house.clock.advance(by: 120_000)
        #expect(try house.connect(Self.ada, key: "k").at("code") == "idempotency_key_locked")
        #expect(try house.admin(.post, "/__admin/reset?sandbox=default").status == 204)
        #expect(try house.connect(Self.ada, key: "k").status == 201)
    }

    @Test(arguments: ["before", "after"])
    func `a fault rule with a delay locks too, until it is over`(phase: String) throws {
        let rule = #"{"vendor":"connect","delay":50,"phase":"\#(phase)","times":1}"#
        _ = try house.admin(.post, "/__admin/faults", [("Content-Type", "application/json")], body: rule)
        let first = try house.connect(Self.ada, key: "k")
        #expect(first.response.delivery.delay == 50)
        let deadline = Date(timeIntervalSinceNow: 60)
        var again = try house.connect(Self.ada, key: "k")
        while again.status == 409, Date() < deadline {
            #expect(again.at("code") == "idempotency_key_locked")
            usleep(5000)
            again = try house.connect(Self.ada, key: "k")
        }
        #expect(again.status == 201 && again.text == first.text)
    }

    @Test func `a fault instead of the operation leaves the key free, as every failure does`() throws {
        let failed = try house.connect(Self.ada, key: "k", "", [("Prefer", "code=500, delay=60000")])
        #expect(failed.status == 500)
        #expect(try house.connect(Self.ada, key: "k").status == 201)
    }
}
