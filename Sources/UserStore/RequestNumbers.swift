internal import Synchronization

/// The numbers of requests: small, growing, taken without a lock.
///
/// The file remembers the end of a block of numbers, and every batch that writes makes sure of a new block before half
/// of the last is used up. So a number that stands in the file is never given out again; after a crash the numbers
/// go on at most one block further.
final class RequestNumbers: Sendable {
    static let block: Int64 = 10_000
    private let last = Atomic<Int64>(0)

    /// Takes the next number.
    func next() -> Int64 {
        last.wrappingAdd(1, ordering: .relaxed).newValue
    }

    /// The last number taken.
    var used: Int64 {
        last.load(ordering: .relaxed)
    }

    /// Goes on after the given number, if that is not behind already.
    func skip(to number: Int64) {
        var current = used
        while current < number {
            let (done, original) = last.compareExchange(expected: current, desired: number, ordering: .relaxed)
            if done { return }
            current = original
        }
    }
}
