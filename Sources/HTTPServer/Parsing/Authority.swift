/// A host with an optional port: the value of Host and the authority of an absolute-form target (RFC 9112 3.2).
struct Authority: Sendable {
    let range: ByteRange
    /// How many bytes of the range are the host's.
    let hostCount: Int
    /// Nil where there is no port, or an empty one, which means the scheme's own (RFC 3986 3.2.3).
    let port: Int?

    /// Checks `uri-host [ ":" port ]`, which leaves no room for userinfo, lists, paths or white space.
    ///
    /// A comma is a legal character of a registered name, but here it can only be a list of hosts: refused.
    init(_ head: Span<UInt8>, _ range: ByteRange) throws(Refusal) {
        guard !range.isEmpty else { throw .hostEmpty }
        var index = range.start
        if head[index] == UInt8(ascii: "[") {
            while index < range.end, head[index] != UInt8(ascii: "]") { index += 1 }
            guard index < range.end, Self.isIPv6(head, ByteRange(range.start + 1, index)) else { throw .host }
            index += 1
        } else {
            while index < range.end, head[index] != UInt8(ascii: ":") {
                index += try Self.registeredNameStep(head, at: index, range.end)
            }
            guard index > range.start else { throw .hostEmpty }
        }
        self.range = range
        hostCount = index - range.start
        guard index < range.end else {
            port = nil
            return
        }
        guard head[index] == UInt8(ascii: ":") else { throw .host }
        port = try Self.port(head, from: index + 1, to: range.end)
    }

    /// RFC 3986 3.2.2: `reg-name` is unreserved characters, sub-delims and percent-escapes.
    private static func registeredNameStep(_ head: Span<UInt8>, at index: Int, _ end: Int) throws(Refusal) -> Int {
        let byte = head[index]
        if byte.isUnreserved || byte.isSubDelimiter && byte != UInt8(ascii: ",") { return 1 }
        guard byte == UInt8(ascii: "%"), index + 2 < end,
            head[index + 1].hexDigitValue != nil, head[index + 2].hexDigitValue != nil
        else { throw .host }
        return 3
    }

    private static func port(_ head: Span<UInt8>, from start: Int, to end: Int) throws(Refusal) -> Int? {
        var port = 0
        for index in start..<end {
            guard head[index].isDigit else { throw .port }
            port = port * 10 + Int(head[index] - 0x30)
            guard port <= 65535 else { throw .port }
        }
        return start == end ? nil : port
    }

    /// RFC 3986 3.2.2: eight groups of up to four hexadecimal digits, `::` once for any number of them, and perhaps
    /// an IPv4 address for the last two.
    private static func isIPv6(_ head: Span<UInt8>, _ range: ByteRange) -> Bool {
        var groups = 0
        var isShortened = false
        var index = range.start
        if range.count >= 2, head[index] == UInt8(ascii: ":") {
            guard head[index + 1] == UInt8(ascii: ":") else { return false }
            isShortened = true
            index += 2
        }
        while index < range.end {
            let start = index
            while index < range.end, head[index].hexDigitValue != nil { index += 1 }
            if index < range.end, head[index] == UInt8(ascii: ".") {
                return isIPv4(head, ByteRange(start, range.end)) && (isShortened ? groups <= 5 : groups == 6)
            }
            guard index > start, index - start <= 4 else { return false }
            groups += 1
            guard index < range.end else { break }
            guard head[index] == UInt8(ascii: ":"), index + 1 < range.end else { return false }
            index += 1
            if head[index] == UInt8(ascii: ":") {
                guard !isShortened else { return false }
                isShortened = true
                index += 1
            }
        }
        return isShortened ? groups <= 7 : groups == 8
    }

    private static func isIPv4(_ head: Span<UInt8>, _ range: ByteRange) -> Bool {
        var parts = 0
        var index = range.start
        while true {
            let start = index
            var value = 0
            while index < range.end, head[index].isDigit, index - start < 3 {
                value = value * 10 + Int(head[index] - 0x30)
                index += 1
            }
            let hasLeadingZero = index - start > 1 && head[start] == 0x30
            guard index > start, value <= 255, !hasLeadingZero else { return false }
            parts += 1
            guard index < range.end else { return parts == 4 }
            guard head[index] == UInt8(ascii: ".") else { return false }
            index += 1
        }
    }
}
