import HTTPServer
import Testing

/// Answers whose content goes on after their turn, as a client meets them.
@Suite(.timeLimit(.minutes(2))) struct StreamTests {
    @Test func contentComesInChunksAsItIsAdded() throws {
        let source = Source()
        try withServer(source) { server in
            let client = try Client(server, seconds: 60)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            let head = Answer(head: try #require(client.read(through: "\r\n\r\n")))
            #expect(head["transfer-encoding"] == "chunked" && head["content-length"] == nil)
            #expect(client.read(through: "5\r\nbegin\r\n") == "5\r\nbegin\r\n")
            source.append("one")
            #expect(client.read(through: "3\r\none\r\n") == "3\r\none\r\n")
            source.append("a text of more than sixteen bytes")
            #expect(client.read(through: "bytes\r\n") == "21\r\na text of more than sixteen bytes\r\n")
            source.finish()
            #expect(client.read(through: "0\r\n\r\n") == "0\r\n\r\n")
            #expect(client.answer()?.body == "/next")
            #expect(source.append("after the end") == 0)
        }
    }

    @Test func anOldClientReadsToTheEndOfTheConnection() throws {
        let source = Source()
        try withServer(source) { server in
            let client = try Client(server, seconds: 60)
            client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            let head = Answer(head: try #require(client.read(through: "\r\n\r\n")))
            #expect(head["transfer-encoding"] == nil && head["content-length"] == nil)
            #expect(head["connection"] == "close")
            #expect(client.read(through: "begin") == "begin")
            source.append("one")
            source.append("two")
            source.finish()
            #expect(client.readToEnd() == ("onetwo", .closed))
        }
    }

    @Test(arguments: ["1.0", "1.1"]) func headHasNoContentAndNoEnd(version: String) throws {
        let source = Source()
        try withServer(source) { server in
            let client = try Client(server, seconds: 60)
            let rest = "HTTP/\(version)\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"
            client.send("HEAD /stream \(rest)GET /next \(rest)")
            #expect(client.answer(isHead: true)?.status == 200)
            #expect(client.answer()?.body == "/next")
            #expect(source.append("nobody reads it") == 0)
        }
    }

    @Test func silenceIsBrokenByAHeartbeat() throws {
        let source = Source(heartbeat: ":\n", every: .milliseconds(50))
        try withServer(source) { server in
            let client = try Client(server, seconds: 60)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            for _ in 0..<3 { #expect(client.read(through: "2\r\n:\n\r\n") != nil) }
        }
    }

    @Test func aClientThatHasGoneIsNoticedByWhatIsSent() throws {
        let source = Source(heartbeat: ":\n", every: .milliseconds(50))
        try withServer(source) { server in
            do {
                let client = try Client(server, seconds: 60)
                client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
                #expect(client.read(through: "begin") != nil)
            }
            #expect(eventually { server.openConnections == 0 })
            #expect(source.append("nobody is there") == 0)
        }
    }

    @Test func aClientThatDoesNotReadIsDroppedAtTheBound() throws {
        let source = Source()
        try withServer(source) { server in
            let client = try Client(server, receiveBuffer: 4096, seconds: 60)
            client.send("GET /stream HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(eventually { source.count == 1 })
            let other = try Client(server, seconds: 60)
            let piece = String(repeating: "a", count: 500_000)
            // What the kernel takes comes on top of the bound.
            #expect(eventually { source.append(piece) == 0 })
            #expect(eventually { server.openConnections == 1 })
            other.send(get())
            #expect(other.answer()?.body == "/")
        }
    }

    @Test func aSlowReaderGetsEverythingInOrder() throws {
        let source = Source()
        try withServer(source) { server in
            let client = try Client(server, receiveBuffer: 4096, seconds: 60)
            client.send("GET /stream HTTP/1.0\r\n\r\n")
            #expect(client.read(through: "begin") != nil)
            var expected = ""
            for number in 0..<400 {
                let piece = "\(number)" + String(repeating: ".", count: 2000)
                expected += piece
                source.append(piece)
            }
            source.finish()
            #expect(client.readToEnd() == (expected, .closed))
        }
    }

    @Test(arguments: [1, 3]) func severalStreamsOnSeveralLoopsAllGetTheSame(loops: Int) throws {
        let source = Source()
        try withServer(source, loops: loops) { server in
            let clients = try (0..<12).map { _ in try Client(server, seconds: 60) }
            for client in clients { client.send("GET /stream HTTP/1.0\r\n\r\n") }
            #expect(eventually { source.count == 12 })
            for number in 0..<200 { source.append("\(number),") }
            source.finish()
            let expected = (0..<200).map { "\($0)," }.joined()
            for client in clients {
                #expect(client.read(through: "begin") != nil)
                #expect(client.readToEnd() == (expected, .closed))
            }
        }
    }

    @Test(arguments: ["1.0", "1.1"]) func aStoppingServerEndsItInOrder(version: String) throws {
        let source = Source()
        let server = try Server(port: 0, handler: source)
        server.start()
        let client = try Client(server, seconds: 60)
        client.send("GET /stream HTTP/\(version)\r\nHost: a\r\n\r\n")
        #expect(client.read(through: "begin") != nil)
        source.append("last")
        server.stop()
        let end = client.readToEnd()
        #expect(end.end == .closed)
        #expect(end.text == (version == "1.0" ? "last" : "\r\n4\r\nlast\r\n0\r\n\r\n"))
    }
}

/// Streams to everybody who asks for `/stream`, and answers others with their path.
private final class Source: RequestHandler {
    private let streams = Locked<[ResponseStream]>([])
    private let heartbeat: String
    private let interval: Duration

    init(heartbeat: String = "", every interval: Duration = .seconds(15)) {
        self.heartbeat = heartbeat
        self.interval = interval
    }

    var count: Int { streams.withLock { $0.count } }

    /// Adds to all streams; how many are still read.
    @discardableResult
    func append(_ text: String) -> Int {
        streams.withLock { $0 }.count { $0.append(Array(text.utf8)) }
    }

    func finish() {
        for stream in streams.withLock({ $0 }) { stream.finish() }
    }

    func respond(to requests: [Request]) -> [Response] {
        requests.map { request in
            guard request.target.path == "/stream" else { return Response(.ok, body: Array(request.target.path.utf8)) }
            let stream = ResponseStream(heartbeat: Array(heartbeat.utf8), every: interval)
            streams.withLock { $0.append(stream) }
            return Response(.ok, fields: ResponseFields(), body: Array("begin".utf8), then: stream)
        }
    }
}
