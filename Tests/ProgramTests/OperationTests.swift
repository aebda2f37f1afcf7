import Testing

@Suite("The five operations over a socket")
struct OperationTests {
    @Test("on their bare paths")
    func barePath() throws {
        let server = try RunningServer()
        for operation in VendorOperation.all {
            let answer = try server.ask(operation.method, operation.path, operation.fields(1), body: operation.body(1))
            #expect(answer.status == operation.success, "\(operation.name): \(answer.text)")
        }
    }

    @Test("under the vendors' prefixes")
    func prefix() throws {
        let server = try RunningServer()
        for operation in VendorOperation.all {
            let answer = try server.ask(operation)
            #expect(answer.status == operation.success, "\(operation.name): \(answer.text)")
        }
    }

    @Test("by host, the vendors' real names included, with and without a port")
    func host() throws {
        let server = try RunningServer()
        var number = 0
        for pair in [(0, ""), (1, ":443")] {
            for operation in VendorOperation.all where pair.0 < operation.hosts.count {
                // The update needs the user that the creation just made.
                if operation.method == "POST" { number += 1 }
                let host = operation.hosts[pair.0] + pair.1
                let answer = try server.ask(
                    operation.method, operation.path, [("Host", host)] + operation.fields(number),
                    body: operation.body(number))
                #expect(answer.status == operation.success, "\(operation.name) at \(host): \(answer.text)")
                if operation.name == VendorOperation.sensay.name {
                    let update = VendorOperation.sensayUpdate
                    let answer = try server.ask(
                        update.method, update.path, [("Host", host)] + update.fields(number), body: update.body(number))
                    #expect(answer.status == update.success, "\(update.name) at \(host): \(answer.text)")
                }
            }
        }
    }

    @Test("each way leads to the same users")
    func sameUsers() throws {
        let server = try RunningServer()
        for operation in VendorOperation.unique {
            #expect(try server.ask(operation).status == operation.success)
            let bare = try server.ask(operation.method, operation.path, operation.fields(1), body: operation.body(1))
            #expect(bare.status == 409)
            let hosted = try server.ask(
                operation.method, operation.path, [("Host", operation.hosts[0])] + operation.fields(1),
                body: operation.body(1))
            #expect(hosted.status == 409)
            #expect(hosted.text.count == bare.text.count)
        }
    }

    @Test("say of themselves who answered and why, unless they are told not to", arguments: [false, true])
    func why(isSilent: Bool) throws {
        let server = try RunningServer(isSilent ? ["--no-why"] : [])
        for answer in [try server.ask(.seam), try server.ask(.seam), try server.ask("GET", "/seam/nothing")] {
            #expect((answer["x-understudy-why"] == nil) == isSilent)
            #expect((answer["x-understudy-request-id"] == nil) == isSilent)
        }
        let explained = try server.ask("GET", "/__admin/requests/req_2/explain")
        #expect(explained.text.contains("user_identity_key_unique"))
    }

    @Test("one name of a sandbox opens one at every vendor, and disturbs no other")
    func sandboxes() throws {
        let server = try RunningServer()
        for sandbox in ["one", "two"] {
            for operation in VendorOperation.creations {
                let answer = try server.ask(
                    operation.method, operation.prefixed, operation.fields(1, in: sandbox), body: operation.body(1))
                #expect(answer.status == operation.success, "\(operation.name): \(answer.text)")
            }
        }
    }

    @Test("a bare path that could be either vendor's says how to choose, and another lists every vendor")
    func undecided() throws {
        let server = try RunningServer()
        let none = try server.ask("POST", "/users", [("Content-Type", "application/json")], body: "{}")
        #expect(none.status == 401)
        let both = try server.ask("POST", "/users", [("X-API-Key", "x"), ("x-account-id", "1")], body: "{}")
        #expect(both.status == 400)
        for text in [none.text, both.text] {
            #expect(text.contains("/connect/users") && text.contains("/pulse/users"))
        }
        let outside = try server.ask("GET", "/")
        #expect(outside.status == 404)
        for vendor in ["sensay", "connect", "seam", "pulse"] { #expect(outside.text.contains("\"/\(vendor)\"")) }
    }

    @Test("a connection is kept, and requests sent together are answered in order")
    func keepAlive() throws {
        let server = try RunningServer()
        let connection = try Connection(port: server.port)
        for number in 1...5 {
            for operation in VendorOperation.all {
                try connection.send(
                    operation.method, operation.prefixed, operation.fields(number), body: operation.body(number))
                #expect(try connection.receive().status == operation.success)
            }
        }
        for number in 100..<140 {
            let pulse = VendorOperation.pulse
            try connection.send(pulse.method, pulse.prefixed, pulse.fields(number), body: pulse.body(number))
        }
        for number in 100..<140 {
            #expect(try connection.receive().json["email"] as? String == "u\(number)@example.com")
        }
    }

    @Test("a client that sends without waiting gets every answer, in order", arguments: [1, 2])
    func endlessPipeline(_ loops: Int) throws {
        let server = try RunningServer(["--loops", "\(loops)", "--log", "off"])
        let pulse = VendorOperation.pulse
        let connection = try Connection(port: server.port)
        var requests = ""
        for number in 0..<3_000 {
            requests += pulse.text(number)
            // In pieces, so that more comes while the server still works on what it has.
            if number % 10 == 9 {
                try connection.send(requests)
                requests = ""
            }
        }
        for number in 0..<3_000 {
            let answer = try connection.receive()
            try #require(answer.json["email"] as? String == "u\(number)@example.com")
        }
    }

    @Test(
        "a body over 1 MiB gets the vendor's own 413, whether it is sent or only announced",
        arguments: VendorOperation.all)
    func tooLarge(_ operation: VendorOperation) throws {
        let server = try RunningServer()
        if operation.method == "PUT" { #expect(try server.ask(VendorOperation.sensay).status == 200) }
        let good = operation.body(1)
        let size = 1_048_576
        let largest = good + String(repeating: " ", count: size - good.utf8.count)
        let fields = operation.fields(1)
        #expect(try server.ask(operation.method, operation.prefixed, fields, body: largest).status == operation.success)
        let answers = [
            try server.ask(operation.method, operation.prefixed, fields, body: largest + " "),
            try server.ask(
                operation.method, operation.prefixed,
                fields + [("Content-Length", "\(size + 1)"), ("Expect", "100-continue")]),
        ]
        for answer in answers {
            #expect(answer.status == 413)
            let envelope: Set<String> =
                switch operation.prefixed.dropFirst().prefix(while: { $0 != "/" }) {
                case "sensay": ["success", "error", "fingerprint", "request_id"]
                case "connect": ["message", "code", "hint"]
                case "seam": ["error", "ok"]
                default: ["error", "status", "message"]
                }
            #expect(!answer.json.isEmpty && Set(answer.json.keys).isSubset(of: envelope), "\(answer.text)")
        }
    }

    @Test("a body that is announced with Expect is asked for, and then read")
    func expect() throws {
        let server = try RunningServer()
        let pulse = VendorOperation.pulse
        let connection = try Connection(port: server.port)
        let body = pulse.body(1)
        try connection.send(
            pulse.method, pulse.prefixed,
            pulse.fields(1) + [("Content-Length", "\(body.utf8.count)"), ("Expect", "100-continue")])
        #expect(try connection.receive().status == 100)
        try connection.send(body)
        #expect(try connection.receive().status == 201)
    }
}
