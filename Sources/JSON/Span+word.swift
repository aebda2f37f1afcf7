extension Span<UInt8> {
    /// Eight bytes from an offset on, the first one lowest; traps where there are fewer.
    @inline(__always)
    func word(at offset: Int) -> UInt64 {
        // Unsafe for types with invalid bit patterns only, which this is not; the bounds are checked.
        UInt64(littleEndian: unsafe bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
