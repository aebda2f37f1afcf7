import HTTPServer
import JSON
package import UserStore
package import VendorKit

/// Users to begin with: a list for each vendor in each sandbox, each user the body of the vendor's own create
/// operation.
///
///     {"sandboxes": {"default": {"seam": [{"email_address": "ada@example.com"}]}}}
package struct Seed: Sendable {
    /// One user, and where it stands: `sandboxes.default.seam[3]`.
    private struct User {
        let place: String
        let sandbox: String
        let vendor: any Vendor
        let body: JSONObject
    }

    private var users: [User] = []
    // What is wrong with the shape; the users are those whose own place is well-shaped.
    private var problems: [String] = []

    /// Reads a seed and checks its shape; what a user may hold, the vendor says when it is applied.
    ///
    /// - Throws: everything that is wrong, each with its place.
    package init(_ bytes: [UInt8], for vendors: [any Vendor]) throws(SeedError) {
        self.init(reading: bytes, for: vendors)
        guard problems.isEmpty else { throw SeedError(problems) }
    }

    /// Tells everything that is wrong with a seed, the vendors' own rules and clashes included; nothing when it fits
    /// an empty store.
    package static func problems(in bytes: [UInt8], for vendors: [any Vendor]) -> [String] {
        let seed = Seed(reading: bytes, for: vendors)
        let store: UserStore
        do throws(StoreError) {
            store = try UserStore(at: .memory)
        } catch {
            return ["\(error)"]
        }
        let clock = Clock()
        var places: [Int64: String] = [:]
        var found = seed.problems
        _ = store.batch { batch in
            // Each in a request of its own: what is left of a refused user must not clash with those after it.
            for user in seed.users {
                do throws(SeedError) {
                    try batch.request { batch throws(SeedError) in
                        try create(user, store.nextRequestNumber(), clock, &places, &batch)
                    }
                } catch {
                    found += error.problems
                }
            }
        }
        store.close()
        return found
    }

    /// Creates all users in the order in which they stand, or none.
    ///
    /// - Returns: how many there are.
    /// - Throws: why the first that fails does.
    @discardableResult
    package func apply(to store: UserStore, _ clock: Clock) throws(SeedError) -> Int {
        let (result, failure) = store.batch { batch in
            Result { () throws(SeedError) in
                try batch.request { batch throws(SeedError) in
                    var places: [Int64: String] = [:]
                    for user in users {
                        try Self.create(user, store.nextRequestNumber(), clock, &places, &batch)
                    }
                }
            }
        }
        if let failure { throw SeedError(["\(failure)"], .store) }
        try result.get()
        return users.count
    }

    /// Creates one user.
    ///
    /// - Parameter places: where the users stand that were made before, by the numbers of their requests.
    private static func create(
        _ user: User, _ number: Int64, _ clock: Clock, _ places: inout [Int64: String], _ batch: inout Batch
    ) throws(SeedError) {
        do throws(NotCreated) {
            try user.vendor.create(
                user.body, in: user.sandbox, number: number, now: clock.now(in: user.sandbox), &batch)
            places[number] = user.place
        } catch {
            guard let problem = error.problem else { throw SeedError(["\(user.place): \(error.message)"]) }
            switch problem.kind {
            case .conflict(let claim, let owner, let request):
                let name = user.vendor.name(ofClaim: claim.kind)
                let holder = holder(user, owner, request, places, &batch)
                throw SeedError(["\(user.place): \(name) is taken by \(holder): \(error.message)"], .clash)
            case .internal: throw SeedError(["\(user.place): \(error.message)"], .store)
            default: throw SeedError(["\(user.place): \(error.message)"])
            }
        }
    }

    /// Who holds what a user wants: another place of the seed, or somebody who was there before.
    private static func holder(
        _ user: User, _ owner: UserID?, _ request: Int64?, _ places: [Int64: String], _ batch: inout Batch
    ) -> String {
        if let request, let place = places[request] { return place }
        guard let owner else { return "\(user.vendor.name) itself" }
        let stored = try? batch.user(owner)
        let id = stored.flatMap { try? user.vendor.person($0, in: user.sandbox).id }
        return "the user \(id ?? "") that is in the store already (a seed is applied once, or after a reset)"
    }
}

// MARK: - Reading

extension Seed {
    private init(reading bytes: [UInt8], for vendors: [any Vendor]) {
        do throws(JSONError) {
            readSandboxes(try JSONValue(parsing: bytes), vendors)
        } catch {
            problems.append("no JSON: \(error)")
        }
    }

    private mutating func readSandboxes(_ value: JSONValue, _ vendors: [any Vendor]) {
        guard let seed = object(value, at: "the seed") else { return }
        for member in seed.members {
            switch member.name {
            // Editors find the schema by it.
            case "$schema": if member.value.typeName != "string" { mismatch("$schema", "a string", member.value) }
            case "sandboxes": break
            default: problems.append("\(Self.shown(member.name)): there is no such member; there is sandboxes")
            }
        }
        guard let sandboxes = seed["sandboxes"] else { return problems.append("sandboxes: is missing") }
        guard let sandboxes = object(sandboxes, at: "sandboxes") else { return }
        for sandbox in sandboxes.members {
            let place = "sandboxes.\(Self.shown(sandbox.name))"
            guard SandboxKey.isSandboxName(sandbox.name) else {
                problems.append(
                    "\(place): a sandbox's name is 1 to \(SandboxKey.maximumNameLength) letters, digits, _ or -")
                continue
            }
            guard let lists = object(sandbox.value, at: place) else { continue }
            for list in lists.members { readUsers(list, sandbox.name, vendors, at: place) }
        }
    }

    private mutating func readUsers(
        _ list: JSONObject.Member, _ sandbox: String, _ vendors: [any Vendor], at place: String
    ) {
        guard let vendor = vendors.first(where: { $0.name.hasSameBytes(as: list.name) }) else {
            let names = vendors.map(\.name).joined(separator: ", ")
            return problems.append("\(place).\(Self.shown(list.name)): there is no such vendor; there are \(names)")
        }
        let place = "\(place).\(vendor.name)"
        guard case .array(let elements) = list.value else { return mismatch(place, "an array", list.value) }
        for (index, element) in elements.enumerated() {
            let place = "\(place)[\(index)]"
            guard let body = object(element, at: place) else { continue }
            users.append(User(place: place, sandbox: sandbox, vendor: vendor, body: body))
        }
    }

    private mutating func object(_ value: JSONValue, at place: String) -> JSONObject? {
        if case .object(let object) = value { return object }
        mismatch(place, "an object", value)
        return nil
    }

    private mutating func mismatch(_ place: String, _ expected: String, _ value: JSONValue) {
        problems.append("\(place): must be \(expected), not \(value.typeName)")
    }

    /// A name as a message shows it: on one line and not long, whatever the file holds.
    private static func shown(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(64).map { $0.value < 0x20 ? "?" : $0 }))
    }
}

/// Why a seed was not applied.
package struct SeedError: Error {
    /// Whose fault it is.
    enum Cause: Sendable {
        case seed, clash, store
    }

    /// What is wrong, each with its place in the seed.
    package let problems: [String]
    let cause: Cause

    init(_ problems: [String], _ cause: Cause = .seed) {
        self.problems = problems
        self.cause = cause
    }
}
