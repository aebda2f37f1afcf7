import JSON
package import UserStore
package import VendorKit

/// What sandboxes are to hold to begin with: for each vendor users, and what they belong to.
///
/// Each is the body of the vendor's own create operation, with the id that it is to have.
///
///     {"sandboxes": {"default": {"seam": [{"email_address": "ada@example.com"}]}}}
package struct Seed: Sendable {
    /// Something to be created, and where it stands: `sandboxes.default.seam[3]`.
    struct Item: Sendable {
        let place: String
        let sandbox: String
        let vendor: any Vendor
        let kind: SeedKind
        let body: JSONObject
    }

    /// Most things of one seed.
    package static let maximumCount = 100_000

    /// Everything, in the order in which it is created.
    var items: [Item] = []
    /// The sandboxes that are named, with nothing in them too.
    package internal(set) var sandboxes: [String] = []
    /// What is wrong with the shape; the items are those whose own place is well-shaped.
    var problems: [String] = []

    /// Reads a seed and checks its shape; what each thing may hold, the vendor says when it is created.
    ///
    /// - Parameter sandbox: the only one of its sandboxes to be filled, or the one for a seed that names none.
    /// - Throws: everything that is wrong, each with its place.
    package init(_ bytes: [UInt8], for vendors: [any Vendor], into sandbox: String? = nil) throws(SeedError) {
        self.init(reading: bytes, for: vendors, into: sandbox)
        guard problems.isEmpty else { throw SeedError(problems) }
    }

    /// Tells everything that is wrong with a seed, the vendors' own rules and clashes included.
    ///
    /// - Returns: how many users and sandboxes it has, when it fits an empty store.
    package static func check(
        _ bytes: [UInt8], for vendors: [any Vendor]
    ) throws(SeedError) -> (users: Int, sandboxes: Int) {
        let seed = Seed(reading: bytes, for: vendors, into: nil)
        let found = try seed.rehearse()
        guard found.isEmpty, seed.problems.isEmpty else {
            throw SeedError(seed.problems + found.flatMap(\.error.problems))
        }
        return (seed.items.count { $0.kind.name == SeedKind.users }, seed.sandboxes.count)
    }

    /// What was done with a seed.
    package struct Outcome: Sendable {
        /// The sandboxes that were filled.
        package var filled: [String] = []
        /// Those that were left as they are, because they hold something already.
        package var left: [String] = []
        /// How many of each kind were created, in the order of their first.
        package var created: [(kind: String, count: Int)] = []
    }

    /// Creates everything, or nothing.
    ///
    /// - Parameter onlyEmpty: whether sandboxes that hold something already are left as they are.
    /// - Throws: everything that is wrong, and every clash with what is there.
    @discardableResult
    package func apply(to store: UserStore, _ clock: Clock, onlyEmpty: Bool = false) throws(SeedError) -> Outcome {
        let (result, failure) = store.batch { batch in
            Result { () throws(SeedError) in
                try batch.request { batch throws(SeedError) in
                    try fill(store, clock, onlyEmpty: onlyEmpty, &batch)
                }
            }
        }
        if let failure { throw SeedError(["\(failure)"], .store) }
        do throws(SeedError) {
            return try result.get()
        } catch {
            if error.cause == .store { throw error }
            let found = try rehearse()
            let others = onlyEmpty ? [] : clashes(with: store, clock, besides: Set(found.map(\.index)))
            let all = found.map(\.error) + others
            guard !all.isEmpty else { throw error }
            throw SeedError(all.flatMap(\.problems), all.contains { $0.cause == .seed } ? .seed : .clash)
        }
    }

    private func fill(
        _ store: UserStore, _ clock: Clock, onlyEmpty: Bool, _ batch: inout Batch
    ) throws(SeedError) -> Outcome {
        var outcome = Outcome()
        do throws(StoreError) {
            for name in sandboxes {
                // It opens the transaction, so that nobody fills the sandbox in between.
                let sandbox = try batch.openSandbox(named: name, now: clock.now(in: name))
                if onlyEmpty, try !batch.isEmpty(sandbox) {
                    outcome.left.append(name)
                } else {
                    outcome.filled.append(name)
                }
            }
        } catch {
            throw SeedError(["\(error)"], .store)
        }
        let filled = Set(outcome.filled)
        var places: [Int64: String] = [:]
        for item in items where filled.contains(item.sandbox) {
            try item.create(store.nextRequestNumber(), clock, &places, &batch)
            if let index = outcome.created.firstIndex(where: { $0.kind == item.kind.name }) {
                outcome.created[index].count += 1
            } else {
                outcome.created.append((item.kind.name, 1))
            }
        }
        return outcome
    }

    /// Creates everything in an empty store that nobody else sees, and tells what cannot be.
    private func rehearse() throws(SeedError) -> [(index: Int, error: SeedError)] {
        let store: UserStore
        do throws(StoreError) {
            store = try UserStore(at: .memory)
        } catch {
            throw SeedError(["\(error)"], .store)
        }
        defer { store.close() }
        var places: [Int64: String] = [:]
        return tryEach(in: store, Clock()) { item, number, clock, batch throws(SeedError) in
            try item.create(number, clock, &places, &batch)
        }
    }

    /// Tells what clashes with what is there, leaving everything as it is.
    private func clashes(with store: UserStore, _ clock: Clock, besides known: Set<Int>) -> [SeedError] {
        tryEach(in: store, clock) { item, number, clock, batch throws(SeedError) in
            var places: [Int64: String] = [:]
            try item.create(number, clock, &places, &batch)
            throw SeedError([], .seed)
        }.filter { $0.error.cause == .clash && !known.contains($0.index) }.map(\.error)
    }

    /// Each in a request of its own: what is left of a refused one must not clash with those after it.
    private func tryEach(
        in store: UserStore, _ clock: Clock, _ body: (Item, Int64, Clock, inout Batch) throws(SeedError) -> Void
    ) -> [(index: Int, error: SeedError)] {
        store.batch { batch in
            var found: [(index: Int, error: SeedError)] = []
            for (index, item) in items.enumerated() {
                do throws(SeedError) {
                    try batch.request { batch throws(SeedError) in
                        try body(item, store.nextRequestNumber(), clock, &batch)
                    }
                } catch {
                    found.append((index, error))
                }
            }
            return found
        }.result
    }
}

extension Seed.Item {
    /// Creates it.
    ///
    /// - Parameter places: where those stand that were made before, by the numbers of their requests.
    func create(
        _ number: Int64, _ clock: Clock, _ places: inout [Int64: String], _ batch: inout Batch
    ) throws(SeedError) {
        do throws(NotCreated) {
            try vendor.create(body, of: kind, in: sandbox, number: number, now: clock.now(in: sandbox), &batch)
            places[number] = place
        } catch {
            switch error.problem?.kind {
            case .conflict(let claim, let owner, let request)?:
                let name = vendor.name(ofClaim: claim.kind)
                let isOwn = request == number
                let holder = isOwn ? "\(place) itself" : holder(owner, request, places, &batch)
                throw SeedError(["\(place): \(name) is taken by \(holder)"], isOwn ? .seed : .clash)
            case .internal?: throw SeedError(error.faults.map { "\(place): \($0.message)" }, .store)
            default: throw SeedError(error.faults.map { "\(place)\($0.place): \($0.message)" })
            }
        }
    }

    /// Who holds what it wants: another place of the seed, or somebody who was there before.
    private func holder(
        _ owner: UserID?, _ request: Int64?, _ places: [Int64: String], _ batch: inout Batch
    ) -> String {
        if let request, let place = places[request] { return place }
        guard let owner else { return "\(vendor.name) itself" }
        guard owner.vendor == vendor.number, let stored = try? batch.user(owner),
            let person = try? vendor.person(stored, in: sandbox)
        else { return "what is in the store already" }
        return "the user \(person.id), who is in the store already"
    }
}

extension Batch {
    /// Whether a sandbox holds no users, and nothing that users belong to.
    fileprivate mutating func isEmpty(_ sandbox: SandboxID) throws(StoreError) -> Bool {
        for number in UInt8(0)..<8 {
            let users = try users(of: VendorNumber(rawValue: number), in: sandbox, limit: 1)
            guard users.isEmpty else { return false }
        }
        return true
    }
}
