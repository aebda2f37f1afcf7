import HTTPServer

/// Decides which vendor and which of its operations a request is for: by path prefix, then by host, then by bare
/// path.
///
/// It never looks into the body. Dot segments and double slashes are not resolved, so they cannot lead from one
/// vendor's prefix to another's. (Evidence: ours.)
struct Router: Sendable {
    private let byName: NameTable<any Vendor>
    private let byHost: NameTable<any Vendor>
    /// Operations without parameters, by the whole path with its prefix: the usual request needs one look-up.
    private let literals: NameTable<[(vendor: any Vendor, operation: Operation)]>
    /// The vendors that serve something on a bare path, by the path's ``root(of:)``.
    private let byRoot: NameTable<[any Vendor]>
    /// Likewise the vendors that have something there which is not served.
    private let unservedByRoot: NameTable<[any Vendor]>

    init(_ vendors: [any Vendor]) {
        byName = NameTable(vendors.map { ($0.name, $0) })
        byHost = NameTable(
            vendors.flatMap { vendor in
                (vendor.hosts + [vendor.name + ".localhost"]).map { ($0, vendor) }
            })
        let literals = Dictionary(
            grouping: vendors.flatMap { vendor in
                vendor.operations.filter(\.isLiteral).map { (vendor: vendor, operation: $0) }
            }, by: { "/\($0.vendor.name)\($0.operation.path)" })
        self.literals = NameTable(literals.lazy.map { ($0.key, $0.value) })
        byRoot = Self.byRoot(vendors) { $0.operations.map(\.path) }
        unservedByRoot = Self.byRoot(vendors) { $0.unserved.map(\.path) }
    }

    private static func byRoot(_ vendors: [any Vendor], _ paths: (any Vendor) -> [String]) -> NameTable<[any Vendor]> {
        let byRoot: [String: [any Vendor]] = vendors.reduce(into: [:]) { byRoot, vendor in
            for root in Set(paths(vendor).map(root(of:))) { byRoot[root, default: []].append(vendor) }
        }
        return NameTable(byRoot.lazy.map { ($0.key, $0.value) })
    }

    func route(_ request: Request) -> Route {
        let path = request.target.path
        if let here = literals[path] {
            for (vendor, operation) in here where operation.method == request.method {
                return .operation(vendor, operation, path: operation.path, parameters: [])
            }
        }
        // RFC 9110 9.3.7: `*` asks about the server as a whole, whatever its host.
        if path == "*" { return .outside }
        if let (vendor, rest) = prefixed(path) { return route(request, to: vendor, path: rest) }
        if let vendor = byHost[request.target.host] { return route(request, to: vendor, path: path) }
        return routeBare(request, path: path)
    }

    /// The vendor whose name is the first segment, with the rest of the path.
    private func prefixed(_ path: String) -> (any Vendor, String)? {
        let segment = Self.segment(of: path, from: 1)
        guard let vendor = byName[segment] else { return nil }
        let rest = path.utf8.dropFirst(1 + segment.utf8.count)
        return (vendor, rest.isEmpty ? "/" : String(decoding: rest, as: UTF8.self))
    }

    private func route(_ request: Request, to vendor: any Vendor, path: String) -> Route {
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        var allowed: [Method] = []
        // A literal path wins over one with a parameter: `/v1/users/me` is never the user named "me".
        for wantsLiteral in [true, false] {
            for operation in vendor.operations where operation.isLiteral == wantsLiteral {
                guard let parameters = operation.match(Array(segments)) else { continue }
                if operation.answers(request.method) {
                    return .operation(vendor, operation, path: path, parameters: parameters)
                }
                allowed += operation.method == .get ? [.get, .head] : [operation.method]
            }
            if !allowed.isEmpty { break }
        }
        if request.method == .options { return .options(vendor, allowed: allowed + [.options]) }
        if vendor.unserved(request.method, path, isServed: !allowed.isEmpty) != nil {
            return .unserved(vendor, path: path)
        }
        if allowed.isEmpty { return .noSuchPath(vendor, path: path) }
        return .wrongMethod(vendor, path: path, allowed: allowed + [.options])
    }

    /// Chooses among the vendors that serve the path's root, by the header where several do.
    private func routeBare(_ request: Request, path: String) -> Route {
        let root = Self.root(of: path)
        guard let candidates = byRoot[root], let first = candidates.first else {
            return routeUnserved(request, path: path, among: unservedByRoot[root] ?? [])
        }
        if candidates.count == 1 { return route(request, to: first, path: path) }
        let marked = Self.marked(candidates, by: request)
        if marked.count == 1 { return route(request, to: marked[0], path: path) }
        return .undecided(among: candidates, marked: marked)
    }

    /// A path that only one vendor has, or only one of those whose mark the request bears, is that vendor's.
    private func routeUnserved(_ request: Request, path: String, among candidates: [any Vendor]) -> Route {
        let owners = candidates.filter { $0.unserved(request.method, path) != nil }
        let chosen = owners.count == 1 ? owners : Self.marked(owners, by: request)
        return chosen.count == 1 ? .unserved(chosen[0], path: path) : .outside
    }

    /// Those whose language the request speaks most clearly; none when it speaks nobody's.
    private static func marked(_ candidates: [any Vendor], by request: Request) -> [any Vendor] {
        let ranked = candidates.map { ($0, $0.affinity(for: request)) }
        let strongest = ranked.map(\.1).max() ?? .none
        return strongest == .none ? [] : ranked.filter { $0.1 == strongest }.map(\.0)
    }

    /// What a bare path is told apart by: its first segment, or its first two where the first is only a version.
    ///
    /// `/users/7` has the root `users`, `/v1/users/me` has `v1/users`: a version alone belongs to no vendor.
    static func root(of path: String) -> String {
        let first = segment(of: path, from: 1)
        guard first.utf8.first == UInt8(ascii: "v"), first.utf8.count > 1,
            first.utf8.dropFirst().allSatisfy({ (48...57).contains($0) })
        else { return first }
        return "\(first)/\(segment(of: path, from: first.utf8.count + 2))"
    }

    /// The text from a byte on, where a segment begins, up to the next slash.
    private static func segment(of path: String, from start: Int) -> String {
        let bytes = path.utf8Span.span
        guard start < bytes.count else { return "" }
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
        return String(decoding: path.utf8.dropFirst(start).prefix(end - start), as: UTF8.self)
    }
}

extension Operation {
    /// Whether the method is answered here; HEAD is, wherever GET is (RFC 9110 9.3.2).
    func answers(_ asked: Method) -> Bool {
        method == asked || (asked == .head && method == .get)
    }
}
