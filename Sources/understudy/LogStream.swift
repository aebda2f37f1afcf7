import Glibc
import HTTPServer
import Synchronization
import VendorKit

/// Standard error, written to by a server that must not stand still because nobody reads it.
///
/// A test that starts the server with a pipe and never reads it would otherwise hang after a few hundred requests. So a
/// reader gets a second to make room; after that, lines are dropped until there is room again, and then counted in one
/// line.
final class LogStream: Sendable {
    private struct State {
        var isStuck = false
        var dropped = 0
    }

    private let state = Locked(State())
    private let note: @Sendable (Int) -> [UInt8]
    /// A pipe that can take anything can take so much at once (pipe(7), PIPE_BUF).
    private static let chunk = 4096

    /// Opens the stream; `note` words how many lines are lost.
    init(note: @escaping @Sendable (Int) -> [UInt8]) {
        self.note = note
    }

    /// Writes whole lines.
    func write(_ lines: [UInt8]) {
        state.withLock { state in
            var rest = lines[...]
            while !rest.isEmpty {
                guard Self.hasRoom(waiting: state.isStuck ? 0 : 1000) else {
                    state.isStuck = true
                    state.dropped += rest.count { $0 == UInt8(ascii: "\n") }
                    return
                }
                state.isStuck = false
                if state.dropped > 0 {
                    Output.error.write(note(state.dropped))
                    state.dropped = 0
                    continue
                }
                // Nearly every turn's lines fit: written as they are, not searched and copied first.
                if rest.count == lines.count, rest.count <= Self.chunk { return Output.error.write(lines) }
                let piece = rest.prefix(Self.chunk)
                // Up to the end of a line, unless one line is longer than that.
                let end = piece.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? piece.endIndex
                Output.error.write(Array(rest[..<end]))
                rest = rest[end...]
            }
        }
    }

    private static func hasRoom(waiting milliseconds: Int32) -> Bool {
        var request = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
        var result: Int32
        repeat { result = unsafe poll(&request, 1, milliseconds) } while result < 0 && errno == EINTR
        // Whatever else is wrong, the write will say.
        return result != 0
    }
}
