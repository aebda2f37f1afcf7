import HTTPServer
import JSON
import UserStore
import VendorKit

/// `GET /users`: a part of the users in the order of their creation, and how many there are.
///
/// A page of all users, or of one customer's, is found by counts and takes the same time however many there are. Free
/// text is looked for in every user, and of several customers every member is.
/// (Evidence: vendor, list-users; ours, that letter case does not count in ASCII, and the sort key's name.)
enum ListUsers {
    static func operation(_ key: SandboxKey) -> Operation {
        Operation(.get, "/users") { call, _ throws(Problem) in
            try authenticate(call, with: key, takesKey: false)
        } run: { call, client, batch throws(Problem) in
            let query = Query(of: call.request)
            var problems: [FieldProblem] = []
            let limit = number("limit", in: query, 1...1000, usual: 100, &problems)
            let offset = number("offset", in: query, 0...Int(Int32.max), usual: 0, &problems)
            guard problems.isEmpty else { throw Problem(.invalid(problems), by: Rules.listed) }
            let wanted = try WantedUsers(query, client, &batch)
            let (page, total) = try wanted.find(in: client.sandbox, offset, limit, &batch)
            var items: [(Found, [Customer])] = []
            for found in page { items.append((found, try client.customers(of: found, &batch))) }
            call.why = Why(Rules.listed)
            return Envelope.success(.ok) { json in
                json.beginObject()
                json.name("items")
                json.beginArray()
                for (found, customers) in items {
                    found.user.write(to: &json, as: found.stored, of: client, in: customers)
                }
                json.endArray()
                json.name("pagination")
                json.beginObject()
                json.member("total", total)
                json.member("limit", limit)
                json.member("offset", offset)
                json.name("sort")
                json.beginObject()
                json.member("key", "createdAt")
                json.member("direction", "ASC")
                json.endObject()
                json.endObject()
                json.endObject()
            }
        }
    }

    /// A whole number of the query; the last where several were sent.
    private static func number(
        _ name: String, in query: Query, _ range: ClosedRange<Int>, usual: Int, _ problems: inout [FieldProblem]
    ) -> Int {
        guard let text = query.values(of: name).last else { return usual }
        guard !text.isEmpty, text.utf8.count < 19, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let number = Int(text)
        else {
            problems.append(FieldProblem([.name(name)], .wrongType(expected: "integer", received: "string")))
            return usual
        }
        guard range.contains(number) else {
            let words = "must be from \(range.lowerBound) to \(range.upperBound)"
            problems.append(FieldProblem([.name(name)], .breaks(words)))
            return usual
        }
        return number
    }
}
