package import HTTPServer

/// A path that a vendor has and Understudy does not serve.
///
/// It is answered 501, so that nobody takes it for a thing that the vendor lacks, or that is not there yet.
package struct UnservedPath: Sendable {
    /// The method; nil for all.
    package let method: Method?
    /// The vendor's path; a segment in braces stands for any, and `*` at the end for the path before it with all below.
    package let path: String
    private let pattern: [Operation.Segment]
    private let isPrefix: Bool

    /// Names a path as the vendor's documentation writes it.
    package init(_ path: String, _ method: Method? = nil) {
        self.method = method
        self.path = path
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        isPrefix = segments.last == "*"
        pattern = (isPrefix ? segments.dropLast() : segments).map { Operation.Segment(String($0)) }
    }

    /// Whether a request for a path, split at its slashes, is for this one.
    func fits(_ asked: Method, _ segments: [Substring]) -> Bool {
        guard method == nil || method == asked, segments.count >= pattern.count,
            isPrefix || segments.count == pattern.count
        else { return false }
        return zip(pattern, segments).allSatisfy { part, segment in
            switch part {
            case .literal(let text): text.utf8.elementsEqual(segment.utf8)
            case .parameter: !segment.isEmpty
            }
        }
    }
}

extension Vendor {
    /// The unserved path that a request is for; nil when it is for none.
    ///
    /// - Parameter isServed: whether the path has operations of other methods: then only a path that was named with
    ///   its method is meant.
    func unserved(_ method: Method, _ path: String, isServed: Bool = false) -> UnservedPath? {
        guard !unserved.isEmpty else { return nil }
        let segments = Array(path.split(separator: "/", omittingEmptySubsequences: false).dropFirst())
        return unserved.first { $0.fits(method, segments) && (!isServed || $0.method != nil) }
    }

    /// The names of the few operations that are most like a path: those that begin like it, then those that end like it.
    func nearest(to path: String, _ method: Method) -> [String] {
        let asked = path.split(separator: "/")
        let ranked = operations.enumerated().map { index, operation in
            let own = operation.path.split(separator: "/")
            let common = zip(asked, own).prefix { $0 == $1 }.count
            let likeness = 4 * common + (asked.last == own.last ? 2 : 0) + (operation.method == method ? 1 : 0)
            return (likeness: likeness, index: index, name: operation.name)
        }
        return ranked.sorted { ($1.likeness, $0.index) < ($0.likeness, $1.index) }.prefix(3).map(\.name)
    }
}
