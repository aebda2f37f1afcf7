import Glibc
import HTTPServer
import Testing

@Suite(.timeLimit(.minutes(2))) struct HTTPClientTests {
    @Test func aRequestArrivesAndItsAnswerComesBack() throws {
        try withServer { server in
            let answer = try HTTPClient.send(
                .post, "/a/b?c", fields: [("X-A", "b")], body: Array("text".utf8), to: "127.0.0.1",
                port: server.address.port, authority: "app:3000", until: HTTPClient.now + 60_000)
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self) == "POST /a/b text")
        }
    }

    @Test func aBodyLargerThanTheSocketIsSentWhole() throws {
        let size = 900_000
        try withServer(Echo(respond: { Response(.ok, body: Array("\($0.body.count)".utf8)) })) { server in
            let answer = try HTTPClient.send(
                .post, "/", body: [UInt8](repeating: 0x61, count: size), to: "127.0.0.1", port: server.address.port,
                until: HTTPClient.now + 60_000)
            #expect(String(decoding: answer.body, as: UTF8.self) == "\(size)")
        }
    }

    @Test func aReceiverThatNeverAnswersTakesNoMoreThanItsTime() throws {
        let waiter = Waiter(patience: .seconds(600))
        try withServer(waiter) { server in
            let begun = HTTPClient.now
            let error = #expect(throws: HTTPClientError.self) {
                try HTTPClient.send(
                    .post, "/wait", to: "127.0.0.1", port: server.address.port, until: begun + 300)
            }
            #expect(HTTPClient.now - begun >= 300)
            #expect(error?.message == "it did not answer in time")
            #expect(error?.isUnreached == false)
        }
    }

    @Test func anAnswerWithoutEndCountsByItsStatus() throws {
        let stream = ResponseStream()
        let handler = Echo(respond: { _ in Response(.created, fields: ResponseFields(), then: stream) })
        try withServer(handler) { server in
            let answer = try HTTPClient.send(
                .post, "/", to: "127.0.0.1", port: server.address.port, until: HTTPClient.now + 300)
            #expect(answer.status == 201)
        }
    }

    @Test func nobodyThereIsSaidSo() throws {
        let server = try Server(port: 0, handler: Echo())
        let port = server.address.port
        server.start()
        server.stop()
        let error = #expect(throws: HTTPClientError.self) {
            try HTTPClient.send(.get, "/", to: "127.0.0.1", port: port, until: HTTPClient.now + 60_000)
        }
        #expect(error?.isUnreached == true)
        #expect(error?.message == "Connection refused")
    }
}

extension RequestBody {
    /// Bytes of the content.
    fileprivate var count: Int {
        if case .bytes(let bytes) = self { bytes.count } else { 0 }
    }
}
