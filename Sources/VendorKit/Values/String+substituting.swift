extension StringProtocol {
    /// Returns the text with another one wherever a part of it stands; the part must not be empty.
    ///
    /// The standard library's `replacing`, like its `contains` and `split` with a text, brings a parser of regular
    /// expressions with it, which is a tenth of the whole binary (1.1 of 12.0 MB) and a megabyte of memory at the start.
    package func substituting(_ part: String, with other: String) -> String {
        precondition(!part.isEmpty)
        var result: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.first {
            if rest.starts(with: part.utf8) {
                result += other.utf8
                rest = rest.dropFirst(part.utf8.count)
            } else {
                result.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
