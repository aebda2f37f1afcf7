import HTTPServer
import TestSupport
import Testing

struct VersionTests {
    let client = Client()

    @Test(arguments: ["2025-03-25", "2025-04-01", "2025-05-01", "2024-02-29", "2000-02-29", "1999-12-31", "9999-12-31"])
    func `any date of the calendar is served, by the version that there is`(date: String) throws {
        let answer = try client.post("{}", [("x-api-version", date)])
        #expect(answer.status == 200)
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test(arguments: [
        "", "1", "latest", "2025-3-25", "25-03-2025", "2025/03/25", "2025-03-25T00:00:00Z", "2025-13-01", "2025-00-10",
        "2025-04-31", "2025-02-29", "1900-02-29", "2025-01-00", "+025-03-25", "２０２５-03-25",
    ])
    func `what is no date is a 400`(date: String) throws {
        let answer = try client.post("{}", [("X-API-Version", date)])
        #expect(answer.refusal == "400 X-API-Version: Expected a date like 2025-03-25")
        #expect(answer["X-API-Version"] == "2025-03-25")
    }

    @Test func `a version that comes twice is a 400`() throws {
        let answer = try client.post("{}", [("X-API-Version", "2025-03-25"), ("X-API-Version", "2025-03-25")])
        #expect(answer.refusal == "400 x-api-version: must be sent once, not several times")
    }
}
