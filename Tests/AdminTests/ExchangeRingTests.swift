import HTTPServer
import Testing

@testable import Admin
@testable import VendorKit

struct ExchangeRingTests {
    /// An exchange that its number tells from others, with an answer of so many bytes.
    func exchange(_ number: Int64, bytes: Int = 10) throws -> Exchange {
        var response = Response(.created, body: Array(repeating: UInt8(truncatingIfNeeded: number), count: bytes))
        response.fields.append("Location", "/users/\(number)")
        response.delivery = Delivery(.truncated, delay: Int(number))
        let request = try Request.make(
            .post, "/users/\(number)?a=%20b", fields: [("X-Api-Key", "k"), ("x-api-key", "\(number)")],
            body: number % 2 == 0 ? Array("{\"n\":\(number)}".utf8) : nil)
        return Exchange(
            number: number, vendor: "connect", operation: "create_user", sandbox: "box", time: 5 * number,
            why: Why(KitRules.served, earlier: number - 1), request: request, response: response, elapsed: 7)
    }

    func expectSame(_ kept: Exchange?, _ original: Exchange) throws {
        let kept = try #require(kept)
        #expect(kept.number == original.number && kept.vendor == "connect" && kept.operation == "create_user")
        #expect(kept.sandbox == "box" && kept.time == original.time && kept.elapsed == 7)
        #expect(kept.why?.rule == KitRules.served && kept.why?.earlier == original.why?.earlier)
        #expect(kept.request.method == .post && kept.request.target.raw == original.request.target.raw)
        #expect(kept.request.target.path == original.request.target.path && kept.request.body == original.request.body)
        #expect(kept.request.fields.values(of: "x-api-key") == original.request.fields.values(of: "x-api-key"))
        #expect(kept.response == original.response)
    }

    @Test func `what is kept is the exchange as it was`() throws {
        var ring = ExchangeRing(capacity: 3)
        #expect(ring.all.isEmpty)
        for number in 1...10 as ClosedRange<Int64> {
            // Now shorter and now longer than what was there.
            try ring.append(exchange(number, bytes: Int(number * 7919 % 5000)))
            for earlier in max(1, number - 2)...number {
                try expectSame(ring.exchange(earlier), try exchange(earlier, bytes: Int(earlier * 7919 % 5000)))
            }
            #expect(ring.all.map(\.number) == Array(max(1, number - 2)...number))
        }
        #expect(ring.exchange(7) == nil)
    }

    @Test func `the oldest give way to many bytes, and an exchange that is too large is not kept`() throws {
        var ring = ExchangeRing(capacity: 100)
        for number in 1...70 as ClosedRange<Int64> { try ring.append(exchange(number, bytes: 1 << 20)) }
        let kept = ring.all.compactMap(\.number)
        #expect((28...31).contains(kept.count) && kept.last == 70 && kept == Array(kept[0]...70))
        #expect(ring.exchange(kept[0] - 1) == nil)
        try ring.append(exchange(71, bytes: ExchangeRing.maximumBytes))
        #expect(ring.all.map(\.number) == kept)
        for number in 100...250 as ClosedRange<Int64> { try ring.append(exchange(number)) }
        #expect(ring.all.map(\.number) == Array(151...250))
    }
}
