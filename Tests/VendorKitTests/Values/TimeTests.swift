import Foundation
import Testing

@testable import VendorKit

/// Instants and the clock that makes them.
@Suite struct TimeTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (1_704_951_470_264, "2024-01-11T05:37:50.264Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_999, "2100-02-28T23:59:59.999Z"),
            (4_107_542_400_000, "2100-03-01T00:00:00.000Z"), (1_709_164_800_000, "2024-02-29T00:00:00.000Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"), (-62_167_219_200_001, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"), (253_402_300_800_000, "9999-12-31T23:59:59.999Z"),
            (.min, "0000-01-01T00:00:00.000Z"), (.max, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `an instant is written in UTC with milliseconds`(milliseconds: Int64, text: String) {
        #expect(Timestamp.text(milliseconds) == text)
    }

    @Test func `agrees with Foundation on every day of eight centuries`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // From 1583, the first whole year of the calendar that Foundation switches to: 800 years are two whole cycles.
        for day in stride(from: -141_427 as Int64, to: -141_427 + 292_194, by: 1) {
            let milliseconds = day * 86_400_000 + (day &* 7_919_113) % 43_200_000 + 43_200_000
            // Halves and quarters of a second only, because a Date is a Double and rounds the rest.
            let exact = milliseconds / 250 * 250
            let date = Date(timeIntervalSince1970: Double(exact) / 1000)
            guard Timestamp.text(exact) == date.formatted(style) else {
                Issue.record("\(Timestamp.text(exact)) is \(date.formatted(style))")
                return
            }
        }
    }

    @Test func `a clock follows the system until it is frozen`() {
        let clock = Clock()
        let before = Int64(Date().timeIntervalSince1970 * 1000) - 1
        #expect((before...before + 60_000).contains(clock.now))
        clock.freeze(at: 5)
        #expect(clock.now == 5 && clock.now == 5)
        clock.advance(by: 86_400_000)
        #expect(clock.now == 86_400_005)
        clock.advance(by: -86_400_006)
        #expect(clock.now == -1)
    }

    @Test func `a clock that is moved goes on from there, and a reset brings it back`() async throws {
        let clock = Clock()
        let before = clock.now
        clock.advance(by: 86_400_000)
        let moved = clock.now
        #expect((before + 86_400_000...before + 90_000_000).contains(moved) && clock.isMoved(in: nil))
        try await Task.sleep(for: .milliseconds(5))
        #expect(clock.now > moved)
        clock.reset()
        #expect((before...before + 3_600_000).contains(clock.now) && !clock.isMoved(in: nil))
    }

    @Test func `a sandbox's clock begins at the whole one's, and returns to it`() {
        let clock = Clock(at: 1_000)
        clock.advance(by: 5, in: "one")
        #expect(clock.now(in: "one") == 1_005 && clock.now(in: "two") == 1_000)
        clock.freeze(at: 2_000)
        #expect(clock.now(in: "one") == 1_005 && clock.now(in: "two") == 2_000)
        clock.reset("one")
        #expect(clock.now(in: "one") == 2_000)
    }
}
