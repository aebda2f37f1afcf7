import Glibc
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(2))) struct NameTests {
    @Test func whatNeedsNoServerIsKnown() {
        #expect(HostAddress.addresses(of: "10.1.2.3") == ["10.1.2.3"])
        #expect(HostAddress.addresses(of: "2001:db8::1") == ["2001:db8::1"])
        #expect(HostAddress.addresses(of: "localhost") == ["127.0.0.1", "::1"])
        #expect(HostAddress.addresses(of: "a.localhost") == ["127.0.0.1", "::1"])
    }

    @Test func theHostsFileGivesAddressesToNames() {
        let file = "# a comment\n10.0.0.1 App app.example # b\n::2\tb app\r\nnonsense app\n10.0.0.9\n"
        #expect(HostAddress.addresses(of: "app", in: file) == ["10.0.0.1", "::2"])
        #expect(HostAddress.addresses(of: "b", in: file) == ["::2"])
        #expect(HostAddress.addresses(of: "10.0.0.9", in: file).isEmpty)
    }

    @Test func theResolversFileNamesServers() {
        let servers = NameServer.configured(in: "search a\nnameserver 127.0.0.11\n nameserver ::1\nnameserver x\n")
        #expect(servers.map(\.address) == ["127.0.0.11", "::1"] && servers.allSatisfy { $0.port == 53 })
        #expect(NameServer.configured(in: "").map(\.address) == ["127.0.0.1"])
    }

    @Test(arguments: ["", "a..b", ".", String(repeating: "a", count: 64), String(repeating: "a.", count: 130) + "a"])
    func whatIsNoNameIsNotAskedFor(_ name: String) {
        #expect(NameServer.question(name, .four, id: 1) == nil)
    }

    /// Records behind the question: an alias, then addresses, each by a pointer to the question's name.
    private static func records(_ addresses: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = [0xC0, 12, 0, 5, 0, 1, 0, 0, 0, 60, 0, 4, 1, 0x62, 0xC0, 12]
        for address in addresses {
            bytes += [1, 0x62, 0, 0, address.count == 4 ? 1 : 28, 0, 1, 0, 0, 0, 60, 0, UInt8(address.count)] + address
        }
        return bytes
    }

    private static func answer(_ question: [UInt8], _ addresses: [[UInt8]]) -> [UInt8] {
        var bytes = question + records(addresses)
        bytes[2] |= 0x80
        bytes[7] = UInt8(addresses.count + 1)
        return bytes
    }

    @Test func addressesStandBehindAliases() throws {
        let question = try #require(NameServer.question("app", .four, id: 0x1234))
        let answer = Self.answer(question, [[10, 0, 0, 7], [10, 0, 0, 8]])
        #expect(NameServer.addresses(in: answer, to: question, .four) == ["10.0.0.7", "10.0.0.8"])
        let six = try #require(NameServer.question("app", .six, id: 7))
        let sixth = Self.answer(six, [[0xFD] + [UInt8](repeating: 0, count: 14) + [1]])
        #expect(NameServer.addresses(in: sixth, to: six, .six) == ["fd00::1"])
    }

    @Test func noAnswerIsReadBeyondItsEnd() throws {
        let question = try #require(NameServer.question("app", .four, id: 1))
        let answer = Self.answer(question, [[10, 0, 0, 7], [10, 0, 0, 8]])
        for count in 0..<answer.count {
            let found = NameServer.addresses(in: Array(answer[..<count]), to: question, .four)
            #expect(found.map { $0.count < 2 } ?? true)
        }
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var broken = answer
            for _ in 0..<3 { broken[Int.random(in: 0..<broken.count, using: &generator)] = .random(in: 0...255) }
            _ = NameServer.addresses(in: broken, to: question, .four)
        }
        for index in [0, 1, 2, 13] {
            var other = answer
            other[index] ^= 0x80
            #expect(NameServer.addresses(in: other, to: question, .four) == nil)
        }
    }

    @Test func aServerIsAskedAndAnAnswerToAnotherQuestionIsNotTaken() throws {
        let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(number) }
        var own = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let isBound = unsafe own.withPointer { unsafe bind(number, $0, $1.pointee) == 0 }
        let isNamed = unsafe own.withPointer { unsafe getsockname(number, $0, $1) == 0 }
        #expect(isBound && isNamed)
        let port = own.port
        try startThread {
            var buffer = [UInt8](repeating: 0, count: 512)
            var peer = SocketAddress()
            let count = unsafe peer.withPointer { unsafe recvfrom(number, &buffer, 512, 0, $0, $1) }
            let question = Array(buffer[..<count])
            var other = question
            other[1] ^= 1
            for answer in [Self.answer(other, [[9, 9, 9, 9]]), Self.answer(question, [[10, 0, 0, 7]])] {
                _ = unsafe peer.withPointer { unsafe sendto(number, answer, answer.count, 0, $0, $1.pointee) }
            }
        }
        let server = NameServer(address: "127.0.0.1", port: port)
        #expect(server.addresses(of: "app", .four, milliseconds: 60_000) == ["10.0.0.7"])
    }

    @Test func aServerThatIsSilentTakesItsTimeAndNoMore() throws {
        let number = socket(AF_INET, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(number) }
        var own = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        _ = unsafe own.withPointer { unsafe bind(number, $0, $1.pointee) }
        _ = unsafe own.withPointer { unsafe getsockname(number, $0, $1) }
        let server = NameServer(address: "127.0.0.1", port: own.port)
        #expect(server.addresses(of: "app", .four, milliseconds: 200) == nil)
    }
}
