internal import Glibc

/// A counting semaphore, on which a thread can sleep (sem_overview(7)).
@safe
final class Semaphore: Sendable {
    // The kernel knows it by its address, and it is made to be used by several threads.
    nonisolated(unsafe) private let semaphore: UnsafeMutablePointer<sem_t>

    init() {
        unsafe semaphore = .allocate(capacity: 1)
        unsafe semaphore.initialize(to: sem_t())
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    func signal() {
        unsafe sem_post(semaphore)
    }

    func wait() {
        while unsafe sem_wait(semaphore) != 0 && errno == EINTR {}
    }
}
