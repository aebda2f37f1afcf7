import Glibc

/// Files of some kilobytes by which the system tells of itself.
package enum SystemFile {
    /// The first 64 KiB of a file as text; empty when it cannot be read.
    package static func text(_ path: String) -> String {
        let flags = O_RDONLY | O_CLOEXEC
        guard case .value(let number) = systemCall({ unsafe open(path, flags) }) else { return "" }
        let file = Descriptor(owning: Int32(number))
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let result = unsafe bytes.withUnsafeMutableBytes { bytes in
            systemCall { unsafe read(file.number, bytes.baseAddress, bytes.count) }
        }
        guard case .value(let count) = result else { return "" }
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
