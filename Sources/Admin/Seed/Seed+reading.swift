import JSON
import VendorKit

extension Seed {
    init(reading bytes: [UInt8], for vendors: [any Vendor], into sandbox: String?) {
        do throws(JSONError) {
            read(try JSONValue(parsing: bytes), vendors, into: sandbox)
        } catch {
            problems.append("not JSON: \(error.reason), at \(Self.position(error.offset, in: bytes))")
        }
    }

    private mutating func read(_ value: JSONValue, _ vendors: [any Vendor], into sandbox: String?) {
        guard let seed = object(value, at: "the seed") else { return }
        // Editors find the schema by it.
        if let schema = seed["$schema"], case let type = schema.typeName, type != "string" {
            mismatch("$schema", "a string", schema)
        }
        guard let sandboxes = seed["sandboxes"] else {
            return readSandbox(seed, named: sandbox ?? SandboxKey.defaultSandbox, vendors, at: "")
        }
        for member in seed.members where member.name != "$schema" && member.name != "sandboxes" {
            problems.append("\(Self.shown(member.name)): there is no such member beside sandboxes")
        }
        guard let sandboxes = object(sandboxes, at: "sandboxes") else { return }
        for member in sandboxes.members {
            let place = "sandboxes.\(Self.shown(member.name))"
            guard SandboxKey.isSandboxName(member.name) else {
                let rule = "a sandbox's name is 1 to \(SandboxKey.maximumNameLength) letters, digits, _ or -"
                problems.append("\(place): \(rule)")
                continue
            }
            guard let lists = object(member.value, at: place), sandbox == nil || sandbox == member.name else {
                continue
            }
            readSandbox(lists, named: member.name, vendors, at: place)
        }
        if let sandbox, sandboxes[sandbox] == nil {
            problems.append("sandboxes: there is none named \(sandbox) in this seed")
        }
    }

    private mutating func readSandbox(
        _ object: JSONObject, named sandbox: String, _ vendors: [any Vendor], at place: String
    ) {
        sandboxes.append(sandbox)
        for member in object.members where !(place.isEmpty && member.name == "$schema") {
            guard let vendor = vendors.first(where: { $0.name.hasSameBytes(as: member.name) }) else {
                let names = vendors.map(\.name).joined(separator: ", ")
                let path = Self.path(place, Self.shown(member.name))
                problems.append(
                    "\(path): there is no such vendor; there are \(names)\(place.isEmpty ? ", or sandboxes" : "")")
                continue
            }
            readVendor(member.value, vendor, sandbox, at: Self.path(place, vendor.name))
        }
    }

    private mutating func readVendor(
        _ value: JSONValue, _ vendor: any Vendor, _ sandbox: String, at place: String
    ) {
        switch value {
        case .array(let users):
            for kind in vendor.seedKinds where kind.name == SeedKind.users {
                readList(users, of: kind, vendor, sandbox, at: place)
            }
        case .object(let lists):
            let kinds = vendor.seedKinds
            for member in lists.members where !kinds.contains(where: { $0.name.hasSameBytes(as: member.name) }) {
                let names = kinds.map(\.name).joined(separator: ", ")
                problems.append("\(place).\(Self.shown(member.name)): there is no such list; there are \(names)")
            }
            for kind in kinds {
                switch lists[kind.name] {
                case nil: break
                case .array(let elements)?: readList(elements, of: kind, vendor, sandbox, at: "\(place).\(kind.name)")
                case let other?: mismatch("\(place).\(kind.name)", "an array", other)
                }
            }
        default: mismatch(place, "an array of users, or an object of lists", value)
        }
    }

    private mutating func readList(
        _ elements: [JSONValue], of kind: SeedKind, _ vendor: any Vendor, _ sandbox: String, at place: String
    ) {
        guard items.count + elements.count <= Self.maximumCount else {
            return problems.append("\(place): a seed holds at most \(Self.maximumCount) users and other things")
        }
        for (index, element) in elements.enumerated() {
            let place = "\(place)[\(index)]"
            guard let body = object(element, at: place) else { continue }
            items.append(Item(place: place, sandbox: sandbox, vendor: vendor, kind: kind, body: body))
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

    private static func path(_ place: String, _ name: String) -> String {
        place.isEmpty ? name : "\(place).\(name)"
    }

    private static func shown(_ name: String) -> String { SeedError.shown(name, 64) }

    /// A byte's line and column, as editors count them: from 1, columns in characters.
    private static func position(_ offset: Int, in bytes: [UInt8]) -> String {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        // All bytes of a character in UTF-8 but its first begin with the bits 10.
        let column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
        return "line \(line), column \(column)"
    }
}
