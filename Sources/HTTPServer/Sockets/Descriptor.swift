import Glibc

/// The one owner of an open file descriptor, which closes it when its life ends.
struct Descriptor: ~Copyable, Sendable {
    let number: Int32

    init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // Linux frees the number even when close is interrupted, so it is never repeated.
        _ = close(number)
    }
}
