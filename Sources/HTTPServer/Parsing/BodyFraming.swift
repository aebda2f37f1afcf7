/// How long the content of a request is (RFC 9112 6.3).
enum BodyFraming: Equatable {
    case none
    case length(Int)
    case chunked

    static func decide(
        _ head: Span<UInt8>, _ noted: NotedFields, _ lines: [FieldLine], _ version: HTTPVersion
    ) throws(Refusal) -> BodyFraming {
        guard noted.hasTransferEncoding else {
            guard let length = noted.contentLength else { return .none }
            return .length(try contentLength(head, length))
        }
        // RFC 9112 6.1: in HTTP/1.0 the framing is taken for faulty, and with both there is no telling who is right.
        guard version != .http10 else { throw .transferEncodingInHTTP10 }
        guard noted.contentLength == nil else { throw .twoFramings }
        try checkTransferEncoding(head, lines)
        return .chunked
    }

    /// RFC 9110 8.6: `1*DIGIT`, parsed by hand because a sign, an underscore or an overflow must not pass.
    static func contentLength(_ head: Span<UInt8>, _ value: ByteRange) throws(Refusal) -> Int {
        guard !value.isEmpty else { throw .contentLength }
        var length = 0
        var overflows = false
        for index in value.range {
            guard head[index].isDigit else { throw .contentLength }
            let (product, first) = length.multipliedReportingOverflow(by: 10)
            let (sum, second) = product.addingReportingOverflow(Int(head[index] - 0x30))
            overflows = overflows || first || second
            length = sum
        }
        guard !overflows else { throw .contentLengthOverflow }
        return length
    }

    /// RFC 9112 6.1: all lines make one list; only `chunked`, once, last, is served.
    private static func checkTransferEncoding(_ head: Span<UInt8>, _ lines: [FieldLine]) throws(Refusal) {
        var codings = 0
        var chunked = 0
        var lastIsChunked = false
        for line in lines where head.equals("transfer-encoding", in: line.name) {
            try head.forEachMember(of: line.value) { (coding) throws(Refusal) in
                // Parameters and empty members are grammar, but chunked has neither: they only serve to hide it.
                guard !coding.isEmpty else { throw .transferEncoding }
                for index in coding.range where !head[index].isToken { throw .transferEncoding }
                lastIsChunked = head.equals("chunked", in: coding)
                chunked += lastIsChunked ? 1 : 0
                codings += 1
            }
        }
        if codings == 1, chunked == 1 { return }
        guard chunked == 0 || chunked == 1 && lastIsChunked else { throw .chunkedNotLast }
        throw .transferCoding
    }
}
