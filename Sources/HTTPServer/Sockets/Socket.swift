import CLinux
import Glibc

/// The calls on a connected, non-blocking socket.
///
/// Who owns the descriptor is not theirs to know.
enum Socket {
    static func receive(_ number: Int32, into buffer: inout [UInt8]) -> CallResult {
        unsafe buffer.withUnsafeMutableBytes { bytes in
            systemCall { unsafe recv(number, bytes.baseAddress, bytes.count, 0) }
        }
    }

    /// Sends what it can of `bytes` from `start` on; a peer that is gone is EPIPE and no signal.
    static func send(_ number: Int32, _ bytes: [UInt8], from start: Int) -> CallResult {
        unsafe bytes.withUnsafeBytes { bytes in
            systemCall {
                unsafe Glibc.send(
                    number, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start, Int32(MSG_NOSIGNAL))
            }
        }
    }

    /// Tells the peer that no more comes, and still lets it speak (RFC 9112 9.6).
    static func finishSending(_ number: Int32) {
        _ = systemCall { shutdown(number, Int32(SHUT_WR)) }
    }

    /// Makes the next close a reset: what is not sent is thrown away, and the peer is told by RST.
    static func resetOnClose(_ number: Int32) {
        var linger = linger(l_onoff: 1, l_linger: 0)
        _ = systemCall {
            unsafe setsockopt(number, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        }
    }

    static func setOption(_ number: Int32, _ level: Int32, _ option: Int32, _ value: Int32) throws(SystemError) {
        try throwingSystemCall { () -> Int32 in
            var value = value
            return unsafe setsockopt(number, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}
