import HTTPServer
import JSON
import VendorKit

/// What must be equal for a request to be the same: method, path with query, the fields that matter for processing, and
/// the body byte for byte. (Evidence: vendor, the idempotency page.)
///
/// It is kept with the first answer, so that a later request can be told in which places it differs.
struct Fingerprint {
    /// Three lines, each ended by `\n`: `POST /users?a=1`, the media type, a digest of `Authorization`; then the body.
    let bytes: [UInt8]

    /// The most places that are told.
    private static let limit = 16

    /// Takes one that was kept.
    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes that of a call.
    ///
    /// Of `Authorization` only a digest is kept, because it is a secret of the caller.
    init(of call: Call) {
        var head = "\(call.request.method.name) \(call.path)"
        if let query = call.request.target.query { head += "?\(query)" }
        head += "\n\(call.request.fields[.contentType] ?? "")\n"
        if let authorization = call.request.fields[.authorization] {
            head += DerivedUUID("connect/authorization/\(authorization)").text(of: 0)
        }
        bytes = Array("\(head)\n".utf8) + call.body
    }

    /// Names what is not equal: `method`, `path`, `query`, `header.content-type`, `header.authorization`, members of the
    /// body as `body.metadata.plan`, and `body` where it is not JSON or the same JSON in other bytes.
    func differences(to other: Fingerprint) -> [String] {
        let (here, there) = (parts, other.parts)
        guard here.count == 4, there.count == 4 else { return [] }
        var names: [String] = []
        let (first, second) = (Self.line(here[0]), Self.line(there[0]))
        if first.method != second.method { names.append("method") }
        if first.path != second.path { names.append("path") }
        if first.query != second.query { names.append("query") }
        if here[1] != there[1] { names.append("header.content-type") }
        if here[2] != there[2] { names.append("header.authorization") }
        guard here[3] != there[3] else { return names }
        guard let left = try? JSONValue(parsing: Array(here[3])), let right = try? JSONValue(parsing: Array(there[3]))
        else { return names + ["body"] }
        let places = Difference.places(left, right, under: "body", limit: Self.limit)
        return names + (places.isEmpty ? ["body"] : places)
    }

    /// The three lines and the body.
    private var parts: [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 3, omittingEmptySubsequences: false)
    }

    private static func line(_ bytes: ArraySlice<UInt8>) -> (method: Substring, path: Substring, query: Substring?) {
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ", maxSplits: 1)
        let target = (words.last ?? "").split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (words.first ?? "", target.first ?? "", target.count == 2 ? target[1] : nil)
    }
}
