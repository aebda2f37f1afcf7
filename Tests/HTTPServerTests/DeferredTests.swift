import HTTPServer
import Testing

/// Answers that are given after their turn, as a client meets them.
@Suite(.timeLimit(.minutes(2))) struct DeferredTests {
    @Test func theAnswerComesWhenItIsGivenAndOthersGoOnMeanwhile() throws {
        let waiter = Waiter()
        try withServer(waiter) { server in
            let slow = try Client(server, seconds: 60)
            slow.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(eventually { waiter.waiting == 1 })
            let quick = try Client(server, seconds: 60)
            for _ in 0..<20 {
                quick.send(get())
                #expect(quick.answer()?.body == "/")
            }
            waiter.resolve("at last")
            let answer = try #require(slow.answer())
            #expect(answer.status == 200 && answer.body == "at last")
            #expect(answer["content-length"] == "7" && answer["connection"] == nil)
            slow.send(get())
            #expect(slow.answer()?.body == "/")
        }
    }

    @Test(arguments: [1, 3]) func answersStayInTheOrderOfTheirRequests(loops: Int) throws {
        let waiter = Waiter()
        try withServer(waiter, loops: loops) { server in
            let clients = try (0..<8).map { _ in try Client(server, seconds: 60) }
            let wire = ["a", "wait", "b", "wait", "c"].map { "GET /\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            for client in clients { client.send(wire + "x y\r\n\r\n") }
            for client in clients { #expect(client.answer()?.body == "/a") }
            #expect(eventually { waiter.waiting == 16 })
            waiter.resolve("there")
            for client in clients {
                #expect(client.answer()?.body == "there")
                #expect(client.answer()?.body == "/b")
                #expect(client.answer()?.body == "there")
                #expect(client.answer()?.body == "/c")
                #expect(client.answer()?.status == 400)
                #expect(client.readToEnd().end == .closed)
            }
        }
    }

    @Test func whatIsSentMeanwhileIsReadAfterwards() throws {
        let waiter = Waiter()
        try withServer(waiter) { server in
            let client = try Client(server, seconds: 60)
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(eventually { waiter.waiting == 1 })
            client.send("GET /next HTTP/1.1\r\nHost: a\r\n\r\n")
            client.finishSending()
            waiter.resolve("first")
            #expect(client.answer()?.body == "first")
            #expect(client.answer()?.body == "/next")
            #expect(client.readToEnd().end == .closed)
        }
    }

    @Test func whenTheTimeIsOverTheAnswerIsAnother() throws {
        let waiter = Waiter(patience: .milliseconds(300))
        try withServer(waiter) { server in
            let client = try Client(server, seconds: 60)
            let begun = ContinuousClock.now
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            let answer = try #require(client.answer())
            #expect(answer.status == 417 && answer.body == "in vain")
            #expect(ContinuousClock.now - begun >= .milliseconds(300))
            #expect(waiter.resolve("too late") == 0)
        }
    }

    @Test func anIdleTimeDoesNotEndIt() throws {
        var limits = Limits()
        limits.idleTime = .milliseconds(100)
        limits.headTime = .milliseconds(100)
        let waiter = Waiter(patience: .milliseconds(600))
        try withServer(waiter, limits: limits) { server in
            let client = try Client(server, seconds: 60)
            client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(client.answer()?.status == 417)
            #expect(client.readToEnd() == ("", .closed))
        }
    }

    @Test(arguments: [("HEAD /wait HTTP/1.1\r\nHost: a\r\n\r\n", "5"), ("GET /wait HTTP/1.0\r\n\r\n", "5")])
    func headAndOldClientsGetWhatTheyUnderstand(_ wire: String, length: String) throws {
        let waiter = Waiter()
        try withServer(waiter) { server in
            let client = try Client(server, seconds: 60)
            client.send(wire)
            #expect(eventually { waiter.waiting == 1 })
            waiter.resolve("there")
            let isHead = wire.hasPrefix("HEAD")
            let answer = try #require(client.answer(isHead: isHead))
            #expect(answer["content-length"] == length)
            #expect(answer["connection"] == (isHead ? nil : "close"))
            #expect(answer.body == (isHead ? "" : "there"))
        }
    }

    @Test func aClientThatLeavesIsForgotten() throws {
        let waiter = Waiter(patience: .seconds(600))
        try withServer(waiter) { server in
            for _ in 0..<20 {
                let client = try Client(server)
                client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\nGET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                client.reset()
            }
            #expect(eventually { server.acceptedConnections == 20 && server.openConnections == 0 })
            #expect(waiter.resolve("nobody hears") == 0)
        }
    }

    @Test func aStoppingServerWaitsForNothing() throws {
        let waiter = Waiter(patience: .seconds(600))
        let server = try Server(port: 0, handler: waiter)
        server.start()
        let client = try Client(server, seconds: 60)
        client.send("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(eventually { waiter.waiting == 1 })
        let begun = ContinuousClock.now
        server.stop()
        #expect(ContinuousClock.now - begun < .seconds(300))
        let answer = try #require(client.answer())
        #expect(answer.status == 417 && answer["connection"] == "close")
        #expect(client.readToEnd().end == .closed)
    }

    @Test func anExpectationIsAnsweredAtOnce() throws {
        let deferred = DeferredResponse(within: .seconds(600)) { Response(.expectationFailed) }
        try withServer(Echo(refusalBeforeBody: Response(deferred))) { server in
            let client = try Client(server, seconds: 60)
            client.send(post("Content-Length: 3", "Expect: 100-continue"))
            #expect(client.answer()?.status == 417)
            #expect(deferred.isOver)
        }
    }
}

/// Has everybody wait who asks for `/wait`, and answers others with their path.
final class Waiter: RequestHandler {
    private let deferred = Locked<[DeferredResponse]>([])
    private let patience: Duration

    init(patience: Duration = .seconds(120)) {
        self.patience = patience
    }

    /// How many have asked so far.
    var waiting: Int { deferred.withLock { $0.count } }

    /// Answers all that wait.
    ///
    /// - Returns: how many it was not too late for.
    @discardableResult
    func resolve(_ body: String) -> Int {
        deferred.withLock { $0 }.count { $0.resolve(Response(.ok, body: Array(body.utf8))) }
    }

    func respond(to requests: [Request]) -> [Response] {
        requests.map { request in
            guard request.target.path == "/wait" else { return Response(.ok, body: Array(request.target.path.utf8)) }
            let deferred = DeferredResponse(within: patience) {
                Response(.expectationFailed, body: Array("in vain".utf8))
            }
            self.deferred.withLock { $0.append(deferred) }
            return Response(deferred)
        }
    }
}
