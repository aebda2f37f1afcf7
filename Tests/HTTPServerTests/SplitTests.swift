import Glibc
import HTTPServer
import Testing

/// How the network cuts the bytes must not show in what is made of them.
@Suite struct SplitTests {
    static let wires: [String] = [
        get(), "\r\n" + get("X: a", "Y:\tb ") + "\r\n" + post("Content-Length: 3", then: "abc") + get(),
        chunked("3;a=\"b\"\r\nabc\r\n1\r\nd\r\n0\r\nX: y\r\n\r\n") + get("Connection: close") + get(),
        post("Content-Length: 2", "Expect: 100-continue", then: "{}") + get(),
        get("Connection: Keep-Alive, CLOSE") + "x",
        "HEAD /%7Ea?b HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n",
        "GET / HTTP/2.0\r\n\r\n", "GET /\r\n\r\n", "\r\n\r\n", "\rG", "\n", "G(", "GET / HTTP/1.1\nHost: a\n\n",
        get("X : a"),
        get("X: a\rb"), get(" a"), get("a"), get(":"), get("Host: a"), post("Content-Length: 3", "Content-Length: 3"),
        post("Content-Length: 3", "Transfer-Encoding: chunked"), post("Content-Length: 99", then: "abc"),
        post("Content-Length: 18446744073709551616"), post("Transfer-Encoding: gzip, chunked"), chunked("1\r\nab\r\n"),
        chunked("1 \r\na\r\n"), chunked("1\na\r\n"), chunked("fffffffffffffffff\r\n"), chunked("0\r\nX : y\r\n\r\n"),
        post("Content-Length: 70", then: String(repeating: "a", count: 70)), chunked("41\r\n"),
        "GET /" + String(repeating: "a", count: 300), "POST / HTTP/1.1\r\nX: " + String(repeating: "a", count: 300),
        "GET / HTTP/1.1\r\n" + String(repeating: "A: 1\r\n", count: 60), String(repeating: "A", count: 300),
        chunked("1;" + String(repeating: "a", count: 300)), chunked("0\r\nX:" + String(repeating: "a", count: 300)),
        // Two-byte ends of lines of which the second byte is wrong.
        chunked("1\r\na\rX"), chunked("1\r\na\r\r\n"), chunked("1\rX"), chunked("0\r\n\rX"), "GET / HTTP/1.1\rX",
        get("X: a\r\r"), "GET / HTTP/1.1\r\nHost: a\r\n\rX", chunked("1\r\na\nX"), chunked("0\r\nX: y\r\r\n"),
        post("Content-Length: 2", "Expect: x"), "CONNECT a:1 HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}",
        "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    static var limits: Limits {
        var limits = Limits()
        limits.requestLine = 100
        limits.fieldLine = 100
        limits.fieldSection = 200
        limits.chunkLine = 40
        limits.body = 64
        return limits
    }

    @Test(arguments: wires)
    func aSplitAnywhereGivesTheSameOutcome(_ wire: String) {
        let bytes = Array(wire.utf8)
        let whole = parse(bytes, limits: Self.limits)
        #expect(!whole.isEmpty || wire == "\r\n\r\n")
        for cut in 0...bytes.count {
            #expect(parse(bytes, pieces: [cut], limits: Self.limits) == whole, "cut after \(cut) bytes")
        }
        #expect(parse(bytes, pieces: Array(repeating: 1, count: bytes.count), limits: Self.limits) == whole)
    }

    @Test func mutatedRequestsNeverDependOnTheirSplits() {
        // A fixed seed: the same thousands of inputs in every run.
        var random = Random(seed: 20_261_121)
        var refused = 0
        for round in 0..<4000 {
            var bytes = Array((Self.wires.randomElement(using: &random) ?? "").utf8)
            bytes += Array((Self.wires.randomElement(using: &random) ?? "").utf8)
            for _ in 0..<Int.random(in: 0...4, using: &random) { mutate(&bytes, &random) }
            let whole = parse(bytes, limits: Self.limits)
            let pieces = (0..<Int.random(in: 1...20, using: &random)).map { _ in Int.random(in: 0...30, using: &random)
            }
            #expect(parse(bytes, pieces: pieces, limits: Self.limits) == whole, "round \(round): \(bytes) \(pieces)")
            #expect(whole.dropLast().allSatisfy { $0.status == 0 }, "round \(round): \(bytes)")
            refused += whole.last.map { $0.status == 0 ? 0 : 1 } ?? 0
        }
        #expect((1000..<4000).contains(refused))
    }

    enum Large: CaseIterable { case field, content, chunks }

    /// Four times the bytes take about four times the work, where a quadratic parser would take sixteen times.
    @Test(arguments: Large.allCases) func largeInputsCostLinearTime(_ large: Large) {
        func text(_ count: Int) -> String {
            switch large {
            case .field: get("X: " + String(repeating: "a", count: count))
            case .content: post("Content-Length: \(count)", then: String(repeating: "a", count: count))
            case .chunks: chunked(String(repeating: "1\r\na\r\n", count: count / 6) + "0\r\n\r\n")
            }
        }
        var limits = Limits()
        limits.fieldLine = 4 * 1_048_576
        limits.fieldSection = 8 * 1_048_576
        limits.body = 8 * 1_048_576
        /// The processor time of the quickest of some runs: other threads do not count.
        func work(_ count: Int) -> Double {
            let wire = Array(text(count).utf8)
            let size = large == .field ? 1 : 7
            let pieces = Array(repeating: size, count: wire.count / size)
            return (0..<3).map { _ in
                let start = threadNanoseconds()
                #expect(parse(wire, pieces: pieces, limits: limits).map(\.status) == [0])
                return threadNanoseconds() - start
            }.min()!
        }
        #expect(work(400_000) < work(100_000) * 10)
    }

    private func threadNanoseconds() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout Random) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: bytes.indices, using: &random)
        let likely: [UInt8] = [0x0D, 0x0A, 0x20, 0x09, 0x3A, 0x00, 0x2C, 0x3B, 0x22, 0x25, 0x30, 0x80]
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[index] = likely.randomElement(using: &random) ?? 0
        case 1: bytes[index] = UInt8.random(in: .min ... .max, using: &random)
        case 2: bytes.remove(at: index)
        case 3: bytes.insert(likely.randomElement(using: &random) ?? 0, at: index)
        default: bytes.insert(contentsOf: bytes[index..<min(bytes.count, index + 8)], at: index)
        }
    }
}

/// A generator whose numbers are the same in every run (splitmix64).
struct Random: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
