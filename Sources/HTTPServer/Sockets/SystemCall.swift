import Glibc

/// An error number of the C library; a struct and not an enum, because the system may add one.
///
/// The corresponding C variable is `errno`.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The value of `errno`.
    package let number: Int32

    static let again = SystemError(number: EAGAIN)
    static let interrupted = SystemError(number: EINTR)
    static let tooManyOpenFiles = SystemError(number: EMFILE)
    static let tooManyOpenFilesInSystem = SystemError(number: ENFILE)
    static let noBuffers = SystemError(number: ENOBUFS)
    static let noMemory = SystemError(number: ENOMEM)
    static let invalid = SystemError(number: EINVAL)

    /// The system's own words for the error, such as `Address already in use`.
    package var description: String {
        guard let text = unsafe strerror(number) else { return "error \(number)" }
        return unsafe String(cString: text)
    }
}

/// What a system call came to.
enum CallResult {
    case value(Int)
    /// EAGAIN or EWOULDBLOCK, which on a non-blocking socket is no failure.
    case wouldBlock
    case failure(SystemError)
}

/// Makes a system call: repeats it when a signal interrupts it and reads `errno` before anything else can change it.
@inline(__always)
func systemCall<Number: FixedWidthInteger>(_ call: () -> Number) -> CallResult {
    while true {
        let result = call()
        guard result == -1 else { return .value(Int(result)) }
        let error = SystemError(number: errno)
        switch error {
        case .interrupted: continue
        case .again: return .wouldBlock
        default:
            // A bad descriptor or address is a mistake of ours; going on would read or close somebody else's file.
            precondition(error.number != EBADF && error.number != EFAULT, "bad descriptor or address")
            return .failure(error)
        }
    }
}

/// Makes a system call that has no business blocking.
@discardableResult
func throwingSystemCall<Number: FixedWidthInteger>(_ call: () -> Number) throws(SystemError) -> Int {
    switch systemCall(call) {
    case .value(let value): return value
    case .wouldBlock: throw .again
    case .failure(let error): throw error
    }
}
