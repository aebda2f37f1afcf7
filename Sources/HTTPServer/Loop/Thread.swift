import Glibc

/// Runs `body` on a new, detached thread.
///
/// - Throws: EAGAIN where the system has no room for another thread.
package func startThread(_ body: @escaping @Sendable () -> Void) throws(SystemError) {
    let start = unsafe Unmanaged.passRetained(ThreadBody(body))
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    defer { unsafe pthread_attr_destroy(&attributes) }
    unsafe pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let result = unsafe pthread_create(
        &thread, &attributes,
        { start in
            if let start = unsafe start {
                unsafe Unmanaged<ThreadBody>.fromOpaque(start).takeRetainedValue().body()
            }
            return nil
        }, start.toOpaque())
    guard result == 0 else {
        unsafe start.release()
        throw SystemError(number: result)
    }
}

private final class ThreadBody: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}
