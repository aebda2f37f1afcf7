import Foundation
import JSON
import Testing

/// Hostile bodies cost what their size costs: four times the bytes take about four times the work, where a quadratic
/// parser would take sixteen times.
@Suite(.serialized) struct LinearTimeTests {
    struct Shape: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let body: @Sendable (Int) -> [UInt8]

        init(_ name: String, _ start: String = "", repeating unit: String, _ end: String = "") {
            testDescription = name
            body = { Array((start + String(repeating: unit, count: $0 / unit.utf8.count) + end).utf8) }
        }

        init(_ name: String, numbered unit: @escaping @Sendable (Int) -> String) {
            testDescription = name
            body = { Array(("{" + (0..<($0 / 12)).map(unit).joined(separator: ",") + "}").utf8) }
        }
    }

    static let shapes = [
        Shape("escapes", "\"", repeating: "\\n", "\""),
        Shape("surrogate pairs", "\"", repeating: "\\ud83d\\ude00", "\""),
        Shape("one long string", "\"", repeating: "a", "\""),
        Shape("one long string of é", "\"", repeating: "é", "\""),
        Shape("one long number", repeating: "7"),
        Shape("a long number's exponent", "1e", repeating: "7"),
        Shape("empty arrays", "[", repeating: "[],", "[]]"),
        Shape("an object with many names", numbered: { "\"name\($0)\":1" }),
        Shape("names alike up to their end", numbered: { "\"\(String(repeating: "n", count: 20))\($0)\":1" }),
        Shape("white space", repeating: " ", "1"),
        Shape("a string that never ends", "\"", repeating: "\\\""),
        Shape("an array that never ends", "[", repeating: "0,"),
    ]

    /// The processor time of the quickest of some runs, in nanoseconds: other threads do not count.
    private func work(_ bytes: [UInt8]) -> Double {
        (0..<4).map { _ in
            let start = threadNanoseconds()
            _ = try? JSONValue(parsing: bytes)
            return threadNanoseconds() - start
        }.min()!
    }

    private func threadNanoseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    @Test("Four times the bytes are about four times the work", arguments: shapes)
    func linear(shape: Shape) {
        let small = work(shape.body(50_000))
        let large = work(shape.body(200_000))
        #expect(large < small * 10)
    }

    @Test("A number of a million digits is asked for its value in linear time")
    func longNumber() throws {
        for body in [
            Array(repeating: UInt8(ascii: "7"), count: 1 << 18),
            Array("1e\(String(repeating: "9", count: 1 << 18))".utf8),
        ] {
            guard case .number(let number) = try JSONValue(parsing: body) else { Issue.record("no number"); return }
            #expect(number.isInteger)
            #expect(number.integer == nil)
        }
    }

    @Test(
        "A megabyte of opening brackets or names is refused at the limit",
        arguments: ["[", "{\"a\":", "\"a\":", "{", "[{\"a\":"])
    func brackets(unit: String) {
        let body = Array(String(repeating: unit, count: (1 << 20) / unit.utf8.count).utf8)
        #expect((refusal(body)?.offset ?? .max) <= 64 * unit.utf8.count)
    }
}
