import Glibc

/// A resolver of names by one question to one server (RFC 1035), as much as finding a neighbour in a container network
/// takes.
struct NameServer: Sendable {
    /// An IPv4 or IPv6 address.
    let address: String
    let port: Int

    /// What is asked for: an IPv4 or an IPv6 address (RFC 1035 3.2.2, RFC 3596 2.1).
    enum RecordType: UInt16 {
        case four = 1
        case six = 28
    }

    /// The servers that a file names, at most three (resolv.conf(5)); without one, this machine.
    static func configured(in file: String) -> [NameServer] {
        let addresses = file.split(separator: "\n").compactMap { line -> String? in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
            guard words.count > 1, words[0] == "nameserver", HostAddress.isAddress(String(words[1])) else { return nil }
            return String(words[1])
        }
        return (addresses.isEmpty ? ["127.0.0.1"] : Array(addresses.prefix(3))).map {
            NameServer(address: $0, port: 53)
        }
    }

    /// The addresses of a name; nil when the server does not answer in time, or not so that it can be read.
    func addresses(of name: String, _ type: RecordType, milliseconds: Int) -> [String]? {
        let id = UInt16.random(in: 0...UInt16.max)
        guard let question = Self.question(name, type, id: id), var target = SocketAddress(host: address, port: port)
        else { return nil }
        let family = target.family
        let kind = Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard case .value(let number) = systemCall({ socket(family, kind, 0) }) else { return nil }
        let descriptor = Descriptor(owning: Int32(number))
        // Connected, it takes datagrams from that server alone.
        let isConnected = systemCall { unsafe target.withPointer { unsafe connect(descriptor.number, $0, $1.pointee) } }
        guard case .value = isConnected, case .value = Socket.send(descriptor.number, question, from: 0) else {
            return nil
        }
        let deadline = HTTPClient.now + milliseconds
        var buffer = [UInt8](repeating: 0, count: 4096)
        while true {
            var request = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
            let left = Int32(clamping: deadline - HTTPClient.now)
            guard left > 0, case .value(1) = systemCall({ unsafe poll(&request, 1, left) }),
                case .value(let count) = Socket.receive(descriptor.number, into: &buffer)
            else { return nil }
            let answer = Array(buffer[..<count])
            // An answer to something else is an old one, or made up.
            if let addresses = Self.addresses(in: answer, to: question, type) { return addresses }
        }
    }

    /// A message with one question, that asks the server to find out itself; nil for what is no name (RFC 1035 2.3.4).
    static func question(_ name: String, _ type: RecordType, id: UInt16) -> [UInt8]? {
        let labels = name.split(separator: ".", omittingEmptySubsequences: false).map { Array($0.utf8) }
        guard labels.allSatisfy({ (1...63).contains($0.count) }), name.utf8.count <= 253 else { return nil }
        var bytes = pair(id) + [1, 0] + pair(1) + pair(0) + pair(0) + pair(0)
        for label in labels { bytes += [UInt8(label.count)] + label }
        return bytes + [0] + pair(type.rawValue) + pair(1)
    }

    /// The addresses in an answer, none when there is no such name; nil when it is no answer to the question.
    static func addresses(in answer: [UInt8], to question: [UInt8], _ type: RecordType) -> [String]? {
        // The id, that it is an answer, and the question given back (RFC 1035 4.1.1, 4.1.2).
        guard answer.count >= question.count, answer[0] == question[0], answer[1] == question[1],
            answer[2] & 0x80 != 0, answer[12..<question.count].elementsEqual(question[12...])
        else { return nil }
        let length = type == .four ? 4 : 16
        var found: [String] = []
        var index = question.count
        for _ in 0..<number(answer, 6) {
            guard let end = skipName(answer, index), end + 10 <= answer.count else { break }
            let size = number(answer, end + 8)
            guard end + 10 + size <= answer.count else { break }
            if number(answer, end) == Int(type.rawValue), number(answer, end + 2) == 1, size == length {
                found.append(HostAddress.text(Array(answer[(end + 10)..<(end + 10 + size)])))
            }
            index = end + 10 + size
        }
        return found
    }

    /// Where a name ends: with an empty label, or with a pointer to an earlier one (RFC 1035 4.1.4).
    private static func skipName(_ bytes: [UInt8], _ start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case 0: return index + 1
            case 0xC0...: return index + 2
            case let count: index += 1 + Int(count)
            }
        }
        return nil
    }

    private static func pair(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

    private static func number(_ bytes: [UInt8], _ index: Int) -> Int {
        Int(bytes[index]) << 8 | Int(bytes[index + 1])
    }
}
