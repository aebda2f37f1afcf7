import UserStore

/// The place of an event among all events of the store: its request and its number in the sandbox, `17.2`.
///
/// A request belongs to one sandbox and writes before any later one, so this is the order in which they were committed.
struct EventID: Comparable, CustomStringConvertible {
    let request: Int64
    let number: Int64

    /// Before every event.
    static let first = EventID(request: 0, number: 0)

    private init(request: Int64, number: Int64) {
        self.request = request
        self.number = number
    }

    init(_ event: StoredEvent) {
        request = event.request
        number = event.number
    }

    /// Reads one; a request alone, or the id of one, stands for all its events.
    init?(_ text: String) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let numbers = parts.map { $0.utf8.allSatisfy { (48...57).contains($0) } ? Int64($0) : nil }
        guard let request = numbers[0] else { return nil }
        self.request = request
        guard numbers.count == 2 else {
            number = .max
            return
        }
        guard let number = numbers[1] else { return nil }
        self.number = number
    }

    var description: String { "\(request).\(number)" }

    static func < (left: EventID, right: EventID) -> Bool {
        (left.request, left.number) < (right.request, right.number)
    }
}
