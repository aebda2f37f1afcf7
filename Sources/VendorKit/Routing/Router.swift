import HTTPServer

/// Decides which vendor and which of its operations a request is for: by path prefix, then by host, then by bare
/// path.
///
/// It never looks into the body. Dot segments and double slashes are not resolved, so they cannot lead from one
/// vendor's prefix to another's.
struct Router: Sendable {
    private let vendors: [any Vendor]
    private let byName: [String: any Vendor]
    private let byHost: [String: any Vendor]
    /// Operations without parameters, by the whole path with its prefix: the usual request needs one look-up.
    private let literals: [String: [(vendor: any Vendor, operation: Operation)]]

    init(_ vendors: [any Vendor]) {
        self.vendors = vendors
        byName = Dictionary(uniqueKeysWithValues: vendors.map { ($0.name, $0) })
        byHost = Dictionary(
            vendors.flatMap { vendor in
                (vendor.hosts + [vendor.name + ".localhost"]).map { ($0, vendor) }
            }, uniquingKeysWith: { first, _ in first })
        literals = Dictionary(
            grouping: vendors.flatMap { vendor in
                vendor.operations.filter(\.isLiteral).map { (vendor: vendor, operation: $0) }
            }, by: { "/\($0.vendor.name)\($0.operation.path)" })
    }

    func route(_ request: Request) -> Route {
        let path = request.target.path
        if let here = literals[path] {
            for (vendor, operation) in here where operation.method == request.method {
                return .operation(vendor, operation, path: operation.path, parameters: [])
            }
        }
        if let (vendor, rest) = prefixed(path) { return route(request, to: vendor, path: rest) }
        if let vendor = byHost[request.target.host] { return route(request, to: vendor, path: path) }
        return routeBare(request, path: path)
    }

    /// The vendor whose name is the first segment, with the rest of the path.
    private func prefixed(_ path: String) -> (any Vendor, String)? {
        let segment = path.dropFirst().prefix { $0 != "/" }
        guard let vendor = byName[String(segment)] else { return nil }
        let rest = path[segment.endIndex...]
        return (vendor, rest.isEmpty ? "/" : String(rest))
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
        if allowed.isEmpty { return .noSuchPath(vendor, path: path) }
        return .wrongMethod(vendor, path: path, allowed: allowed + [.options])
    }

    /// Chooses by the first segment among the vendors that serve it at their root, and by the header where several
    /// do.
    private func routeBare(_ request: Request, path: String) -> Route {
        let candidates = vendors.filter { vendor in
            vendor.operations.contains { $0.sharesRoot(with: path) }
        }
        guard let first = candidates.first else { return .outside }
        if candidates.count == 1 { return route(request, to: first, path: path) }
        let ranked = candidates.map { ($0, $0.affinity(for: request)) }
        let strongest = ranked.map(\.1).max() ?? .none
        let marked = strongest == .none ? [] : ranked.filter { $0.1 == strongest }.map(\.0)
        if marked.count == 1 { return route(request, to: marked[0], path: path) }
        return .undecided(among: candidates, marked: marked)
    }
}

extension Operation {
    /// Whether the method is answered here; HEAD is, wherever GET is (RFC 9110 9.3.2).
    func answers(_ asked: Method) -> Bool {
        method == asked || (asked == .head && method == .get)
    }

    /// Whether a path begins with the operation's first segment, or with its first two where the first is only a
    /// version.
    func sharesRoot(with path: String) -> Bool {
        guard case .literal(let root)? = pattern.first else { return false }
        return path.dropFirst().prefix { $0 != "/" } == root
    }
}
