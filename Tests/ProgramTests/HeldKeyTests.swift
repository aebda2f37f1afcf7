import Testing

@Suite("An idempotency key whose first answer is held back")
struct HeldKeyTests {
    private func send(_ connection: Connection, delay: Int? = nil) throws {
        let operation = VendorOperation.connect
        let prefer = delay.map { [("Prefer", "delay=\($0)")] } ?? []
        try connection.send(
            operation.method, operation.prefixed, operation.fields(1) + prefer, body: operation.body(1))
    }

    @Test("is locked for everybody else meanwhile")
    func locked() throws {
        let server = try RunningServer()
        let first = try Connection(port: server.port)
        try send(first, delay: 60_000)
        #expect(eventually { (try? server.ask("GET", "/__admin/requests/count"))?.json["count"] as? Int == 1 })
        let second = try Connection(port: server.port)
        for _ in 0..<3 {
            try send(second)
            let answer = try second.receive()
            #expect(answer.status == 409 && answer.json["code"] as? String == "idempotency_key_locked")
        }
        #expect(try server.ask("POST", "/__admin/reset").status == 204)
        try send(second)
        #expect(try second.receive().status == 201)
    }

    @Test("is free for a replay as soon as the answer has come")
    func released() throws {
        let server = try RunningServer()
        let first = try Connection(port: server.port)
        let second = try Connection(port: server.port)
        try send(first, delay: 100)
        let answer = try first.receive()
        #expect(answer.status == 201)
        try send(second)
        let again = try second.receive()
        #expect(again.status == 201 && again.text == answer.text)
    }
}
