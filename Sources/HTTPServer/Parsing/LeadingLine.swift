/// Skips what may precede a request: one empty line (RFC 9112 2.2).
///
/// Also looks at the first byte of the request, so that a client which speaks another protocol is told so at once
/// instead of being waited for.
struct LeadingLine {
    private enum State { case nothing, carriageReturn, line }

    private var state = State.nothing

    /// - Returns: True once the first byte of a request is at `offset`.
    mutating func skip(_ input: Span<UInt8>, _ offset: inout Int) throws(Refusal) -> Bool {
        while offset < input.count {
            let byte = input[offset]
            if state == .carriageReturn {
                guard byte == 0x0A else { throw .bareCarriageReturn }
                state = .line
            } else if byte.isToken {
                return true
            } else if byte == 0x0D {
                guard state == .nothing else { throw .emptyLines }
                state = .carriageReturn
            } else {
                throw byte == 0x0A ? .bareLineFeed : byte == 0x16 ? .tlsHandshake : .notHTTP
            }
            offset += 1
        }
        return false
    }
}
