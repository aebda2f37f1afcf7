import Glibc
import HTTPServer
import Testing

@Suite(.serialized, .timeLimit(.minutes(10))) struct LoadTests {
    @Test func thousandsOfShortConnectionsLeakNoDescriptor() throws {
        try withServer { server in
            for round in 0..<4000 {
                let client = try Client(server)
                client.send(round % 2 == 0 ? get("Connection: close") : get())
                #expect(client.answer()?.status == 200)
            }
            #expect(server.acceptedConnections == 4000)
            // The server's own count is of descriptors that it owns: each is closed when its connection leaves the
            // count.
            #expect(eventually { server.openConnections == 0 })
        }
    }

    @Test(arguments: [
        "", "GET", get(), post("Content-Length: 9", then: "a"), chunked("5\r\na"), "x y z\r\n",
        String(repeating: get(), count: 500),
    ])
    func aResetInTheMiddleOfAnythingHurtsNobody(_ wire: String) throws {
        try withServer { server in
            for _ in 0..<50 {
                let client = try Client(server)
                client.send(wire)
                client.reset()
            }
            #expect(eventually { server.openConnections == 0 })
            let client = try Client(server)
            client.send(get())
            #expect(client.answer()?.status == 200)
        }
    }

    @Test func withoutDescriptorsAcceptingPausesAndResumesAndNothingSpins() async {
        // In a process of its own: the limit is the whole process's.
        await #expect(processExitsWith: .success) {
            let server = try Server(port: 0, handler: Echo())
            server.start()
            let before = openSockets().count
            var clients = try (0..<60).map { _ in try Client(server) }
            guard eventually({ server.openConnections == 60 }) else { exit(2) }
            // These have their sockets, but there is no room for the server's ends of them.
            var late = try (0..<20).map { _ in try Client() }
            // A descriptor has the lowest free number, but one that the test library handed down may have any.
            limitDescriptors(to: (openSockets().max() ?? 0) + 1)
            for client in late { try client.connect(to: server) }
            for client in late { client.send(get()) }
            let spent = processorMicroseconds { usleep(500_000) }
            guard server.openConnections < 70 else { exit(3) }
            // A loop that spins on its listener would take all of the half second.
            guard spent < 200_000 else { exit(4) }
            // The ones that are in are served while the others wait outside.
            clients[0].send(get())
            guard clients[0].answer()?.status == 200 else { exit(5) }
            clients.removeAll()
            for client in late where client.answer()?.status != 200 { exit(6) }
            late.removeAll()
            guard eventually({ server.openConnections == 0 }) else { exit(7) }
            guard openSockets().count == before else { exit(8) }
            server.stop()
            exit(0)
        }
    }

    @Test func connectionsOverTheLimitWaitForTheirTurn() throws {
        var limits = Limits()
        limits.connections = 4
        try withServer(limits: limits) { server in
            var clients = try (0..<10).map { _ in try Client(server) }
            for client in clients { client.send(get()) }
            #expect(eventually { server.openConnections == 4 })
            for client in clients[..<4] { #expect(client.answer()?.status == 200) }
            #expect(server.acceptedConnections == 4)
            clients.removeFirst(4)
            for client in clients[..<4] { #expect(client.answer()?.status == 200) }
            #expect(server.openConnections == 4)
        }
    }
}

@Suite(.timeLimit(.minutes(10))) struct StopTests {
    @Test func stoppingAnswersWhatIsRunningAndClosesWhatIsIdle() throws {
        let server = try Server(port: 0, handler: Echo())
        server.start()
        let idle = try Client(server)
        let busy = try Client(server)
        idle.send(get())
        #expect(idle.answer()?.status == 200)
        busy.send(post("Content-Length: 3", "Expect: 100-continue"))
        #expect(busy.read(through: "\r\n\r\n") != nil)
        server.requestStop()
        #expect(idle.readToEnd().end == .closed)
        busy.send("abc")
        let answer = try #require(busy.answer())
        #expect(answer.body == "POST / abc")
        #expect(answer["connection"] == "close")
        #expect(busy.readToEnd().end == .closed)
        server.stop()
        server.stop()
        server.wait()
        #expect(server.openConnections == 0)
        #expect(throws: ClientError.self) { try Client(server) }
    }

    @Test func stoppingWaitsNoLongerThanItMay() throws {
        var limits = Limits()
        limits.stopTime = .milliseconds(200)
        let server = try Server(port: 0, limits: limits, handler: Echo())
        server.start()
        let client = try Client(server)
        client.send("GET / HT")
        #expect(eventually { server.openConnections == 1 })
        let time = ContinuousClock().measure { server.stop() }
        #expect(time < .seconds(30))
        #expect(client.readToEnd().end != .timeout)
    }

    @Test func aServerThatNeverStartedStopsToo() throws {
        let server = try Server(port: 0, handler: Echo())
        server.stop()
        server.start()
        server.wait()
    }

    @Test func aClientThatConnectsBeforeTheStartIsServed() throws {
        let server = try Server(port: 0, handler: Echo())
        let client = try Client(server)
        client.send(get())
        server.start()
        #expect(client.answer()?.status == 200)
        server.stop()
    }

    @Test func aPortIsFreeAgainAfterTheStop() throws {
        let first = try Server(port: 0, handler: Echo())
        first.start()
        let client = try Client(first)
        client.send(get())
        #expect(client.answer()?.status == 200)
        #expect(throws: ServerError.self) { try Server(port: first.address.port, handler: Echo()) }
        first.stop()
        let second = try Server(port: first.address.port, handler: Echo())
        #expect(second.address == first.address)
        second.stop()
    }

    @Test(arguments: [
        ("127.0.0.1", "http://127.0.0.1:"), ("localhost", "http://127.0.0.1:"), ("::1", "http://[::1]:"),
        ("[::1]", "http://[::1]:"),
    ])
    func theAddressIsTheOneThatIsBound(_ host: String, _ url: String) throws {
        let server = try Server(host: host, port: 0, handler: Echo())
        #expect(server.address.url == "\(url)\(server.address.port)")
        #expect(server.address.port > 0)
    }

    @Test(arguments: [("example.com", 0), ("", 0), ("127.0.0.1", 65536), ("127.0.0.1", -1), ("1.2.3", 0)])
    func anAddressThatIsNoneIsSaidSo(_ host: String, _ port: Int) {
        #expect(throws: ServerError.address(host: host, port: port)) {
            try Server(host: host, port: port, handler: Echo())
        }
    }
}

/// The numbers of all open descriptors.
private func openDescriptors() -> [Int] {
    guard let directory = unsafe opendir("/proc/self/fd") else { return [] }
    defer { unsafe closedir(directory) }
    let own = unsafe dirfd(directory)
    var numbers: [Int] = []
    while let entry = unsafe readdir(directory) {
        let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { unsafe $0.prefix { $0 != 0 }.map { $0 } }
        if let number = Int(String(decoding: name, as: UTF8.self)), number != own { numbers.append(number) }
    }
    return numbers
}

/// Those of them that are sockets; the test library opens timers of its own.
private func openSockets() -> [Int] {
    openDescriptors().filter { number in
        var status = stat()
        return unsafe fstat(CInt(number), &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
}

private func limitDescriptors(to count: Int) {
    var limits = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
    limits.rlim_cur = rlim_t(count)
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limits)
}

/// What all threads of the process took of the processor while `body` ran.
private func processorMicroseconds(_ body: () -> Void) -> Int {
    func spent() -> Int {
        var usage = rusage()
        unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
        return seconds * 1_000_000 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    }
    let start = spent()
    body()
    return spent() - start
}
