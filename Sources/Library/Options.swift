import Admin
import HTTPServer
import Sensay
import UserStore
import VendorKit

extension Understudy {
    /// How a server is set up; the defaults suit a test.
    public struct Options: Sendable {
        /// The port of 127.0.0.1 to listen on; 0 takes a free one.
        public var port = 0
        /// A database file to keep the users in, made when it is missing; nil keeps them in memory.
        public var database: String?
        /// The time at which every clock stands still, as RFC 3339 has it: `2026-01-31T12:00:00.000Z`; nil lets them go.
        ///
        /// With it two runs of a test give the same answers, but for the names of requests that failed at Sensay.
        public var time: String?
        /// Users to begin with, as JSON: for each sandbox and vendor the bodies of the vendor's create operation, with
        /// ids and what users belong to; as `serve --seed` takes them from a file, by openapi/seed.schema.json.
        ///
        ///     {"sandboxes": {"default": {"seam": [{"email_address": "ada@example.com"}]}}}
        public var seed: String?
        /// Sensay's organisation secret, which opens the sandbox `default`.
        public var sensaySecret: String
        /// Which of Sensay's schemas is served.
        public var sensaySchema = SensaySchema.seed
        /// Connect's API key, which opens the sandbox `default`.
        public var connectKey: String
        /// Seam's API key, which opens the sandbox `default`; Seam's own clients want it to begin with `seam_`.
        public var seamKey: String
        /// Pulse's bearer token, which opens the sandbox `default`.
        public var pulseToken: String

        /// A free port, users in memory, and the credentials that Understudy has out of the box.
        public init() {
            let credentials = Credentials()
            sensaySecret = credentials.sensaySecret
            connectKey = credentials.connectKey
            seamKey = credentials.seamKey
            pulseToken = credentials.pulseToken
        }
    }

    /// The schemas that Sensay published under one version.
    public enum SensaySchema: String, Sendable, CaseIterable {
        /// That of mid-2025.
        case seed
        /// That of November 2025, with `success`, rules for names and compressed bodies.
        case newest
    }

    /// Why a server could not be started or reset.
    public struct Failure: Error, Sendable, CustomStringConvertible {
        /// One sentence for whoever reads the test's output.
        public let description: String

        init(_ description: String) {
            self.description = description
        }

        init(_ error: SeedError) {
            description = "the seed: \(error.problems.joined(separator: "; "))"
        }

        init(_ error: ServiceError) {
            switch error {
            case .store(let error): self.init("\(error)")
            case .seed(let error): self.init(error)
            case .server(let error): self.init("\(error)")
            }
        }
    }
}

extension Understudy.Options {
    /// Connections that are served at once, as far as the process may open files: it is not ours, and each of them costs
    /// the client, which lives in it too, another one.
    private static let maximumConnections = 1024

    /// What the parts are told.
    ///
    /// - Throws: `Failure` for a value that means nothing.
    func configuration() throws(Understudy.Failure) -> Service.Configuration {
        guard (0...65_535).contains(port) else { throw .init("port is a number from 0 to 65535, not \(port)") }
        var credentials = Credentials()
        credentials.sensaySecret = try word(sensaySecret, "sensaySecret")
        credentials.sensaySchema = sensaySchema == .newest ? .newest : .seed
        credentials.connectKey = try word(connectKey, "connectKey")
        credentials.seamKey = try word(seamKey, "seamKey")
        credentials.pulseToken = try word(pulseToken, "pulseToken")
        var configuration = Service.Configuration(credentials.vendors)
        configuration.port = port
        if let database { configuration.store = .file(database) }
        do throws(SeedError) {
            configuration.seed = try seed.map { text throws(SeedError) in
                try Seed(Array(text.utf8), for: configuration.vendors)
            }
        } catch {
            throw .init(error)
        }
        configuration.limits.connections = max(16, min(Self.maximumConnections, (DescriptorLimit.current - 64) / 2))
        return configuration
    }

    /// The instant of ``time``, in milliseconds since 1970 UTC.
    func frozenTime() throws(Understudy.Failure) -> Int64? {
        guard let time else { return nil }
        guard let instant = Timestamp.milliseconds(of: time) else {
            throw .init("time is a time such as 2026-01-31T12:00:00.000Z, not '\(time)'")
        }
        return instant
    }

    /// A text that fits into a header field whole.
    private func word(_ text: String, _ name: String) throws(Understudy.Failure) -> String {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .init("\(name) is printable ASCII without blanks, not '\(text)'")
        }
        return text
    }
}
