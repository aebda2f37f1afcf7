package import JSON

/// Members whose values are written straight into the answer, without a `String` of their own.
extension JSONWriter {
    /// Writes an instant, in milliseconds since 1970 UTC, as ``Timestamp`` does.
    package mutating func member(_ name: StaticString, timestamp milliseconds: Int64) {
        self.name(name)
        plainString(Timestamp.bytes(milliseconds).span)
    }

    /// Writes the UUID of a number.
    package mutating func member(_ name: StaticString, _ family: DerivedUUID, of number: Int64) {
        self.name(name)
        let (high, low) = family.bits(of: number)
        plainString(UUIDText.bytes(high, low).span)
    }
}
