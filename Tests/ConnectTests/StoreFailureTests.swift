import HTTPServer
import TestSupport
import Testing
import UserStore

/// A store that has no room left: an answer of success is one that was committed.
struct StoreFailureTests {
    static let failure = #"500 {"message":"An unexpected error occurred","code":"INTERNAL_ERROR"}"#
    static let big = #"{"name":"J","metadata":{"x":"\#(String(repeating: "x", count: 100_000))"}}"#
    static let small = #"{"name":"J"}"#
    let client: Client

    init() throws {
        var sizes = StoreSizes()
        sizes.page = 1024
        sizes.maximumPages = 64
        client = Client(try UserStore(at: .memory, sizes: sizes))
    }

    @Test func `a user that finds no room is a 500, and leaves neither itself nor its key`() throws {
        let answer = try client.post(Self.big, under: "k")
        #expect(answer.whole == Self.failure)
        #expect(answer["Content-Type"] == "application/json")
        #expect(client.house.reports.failures.contains { $0.contains("no room left") })
        #expect(client.stored().isEmpty && client.keys().isEmpty)
        // The key was not used: another request may use it.
        #expect(try client.post(Self.small, under: "k").status == 201)
        #expect(client.stored() == [Self.small] && client.keys() == ["k"])
    }

    @Test func `a key that finds no room takes its user with it`() throws {
        // The answer is kept a second time under the key, so there is a size at which the user alone fits.
        var wasRefused = false
        for size in stride(from: 20_000, through: 40_000, by: 1_000) where !wasRefused {
            var sizes = StoreSizes()
            sizes.page = 1024
            sizes.maximumPages = 64
            let body = #"{"name":"\#(String(repeating: "n", count: size))"}"#
            let alone = Client(try UserStore(at: .memory, sizes: sizes))
            let keyed = Client(try UserStore(at: .memory, sizes: sizes))
            guard try alone.post(body).status == 201 else { break }
            guard try keyed.post(body, under: "k").status == 500 else { continue }
            wasRefused = true
            #expect(keyed.stored().isEmpty && keyed.keys().isEmpty)
        }
        #expect(wasRefused)
    }

    @Test func `in one turn, no answer says more than what was kept`() throws {
        let answers = client.house.send([
            try client.request(Self.small, under: "a"), try client.request(Self.big, under: "b"),
            try client.request(Self.small, under: "a"), try client.request(Self.small, under: "c"),
        ])
        #expect(answers[1].whole == Self.failure)
        let kept = client.keys()
        #expect(answers.allSatisfy { $0.status == 201 || $0.whole == Self.failure })
        for (answer, key) in zip(answers, ["a", "b", "a", "c"]) {
            #expect((answer.status == 201) == kept.contains(key))
        }
        #expect(client.stored().count == kept.count)
    }
}
