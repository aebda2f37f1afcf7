extension Request {
    /// Makes a request with no socket, through the same parser that reads the wire.
    ///
    /// Adds `Host: localhost` unless `fields` has a Host, and the Content-Length of `body` unless `fields` frames it.
    ///
    ///     let request = try Request.make(.post, "/users", fields: [("X-API-Key", "k")], body: Array("{}".utf8))
    ///
    /// - Throws: The refusal that the wire would get, or `incompleteRequest` where `body` is shorter than `fields`
    ///   say.
    package static func make(
        _ method: Method, _ target: String, fields: [(String, String)] = [], body: [UInt8]? = nil,
        limits: Limits = Limits(), isLocalPeer: Bool = true
    ) throws(Refusal) -> Request {
        let names = fields.map { FieldName($0.0) }
        var wire = Array("\(method.name) \(target) HTTP/1.1\r\n".utf8)
        if !names.contains(.host) {
            wire += Array("Host: localhost\r\n".utf8)
        }
        for (name, value) in fields {
            wire += Array("\(name): \(value)\r\n".utf8)
        }
        if let body, !names.contains(.contentLength), !names.contains(.transferEncoding) {
            wire += Array("Content-Length: \(body.count)\r\n".utf8)
        }
        wire += Array("\r\n".utf8) + (body ?? [])
        return try parse(wire, limits: limits, isLocalPeer: isLocalPeer)
    }

    /// Makes a request with text as its content.
    ///
    /// - Throws: The refusal that the wire would get.
    package static func make(
        _ method: Method, _ target: String, fields: [(String, String)] = [], body: String,
        limits: Limits = Limits(), isLocalPeer: Bool = true
    ) throws(Refusal) -> Request {
        try make(method, target, fields: fields, body: Array(body.utf8), limits: limits, isLocalPeer: isLocalPeer)
    }

    /// Reads the first request that `wire` holds.
    ///
    /// - Throws: The refusal that the wire would get, or `incompleteRequest` where bytes are missing.
    package static func parse(
        _ wire: [UInt8], limits: Limits = Limits(), isLocalPeer: Bool = true
    ) throws(Refusal) -> Request {
        var parser = RequestParser(limits: limits)
        var offset = 0
        while true {
            switch parser.next(wire.span, from: &offset) {
            case .request(var request):
                request.isLocalPeer = isLocalPeer
                return request
            case .continueExpected: continue
            case .needMore: throw .incompleteRequest
            case .refusal(let refusal): throw refusal
            }
        }
    }
}
