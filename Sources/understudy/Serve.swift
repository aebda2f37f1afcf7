import Admin
import HTTPServer
import Understudy
import UserStore
import VendorKit

/// The command `serve`: opens the store, listens, says so in one line, and runs until a signal.
enum Serve {
    static func run(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        warnOfUnknownVariables(environment)
        let arguments = try Arguments(arguments, flags: Flag.serve, environment: environment)
        let settings = try Settings(arguments)
        let signals = StopSignals()
        return host(settings) { _ throws(ServerError) in
            signals.wait()
            try threads { () throws(SystemError) in try signals.exitAtOnceOnTheNext() }
            return 0
        }
    }

    /// Opens the store and listens for as long as some work takes.
    ///
    /// The signals that the work waits for must be held back before, so that no thread of the server gets them.
    ///
    /// - Parameter work: runs once connections are taken, and gives the exit code.
    /// - Returns: the exit code of the work, or 1 when the server could not start.
    static func host(_ settings: Settings, during work: (ReadyLine) throws(ServerError) -> Int32) -> Int32 {
        let clock = Clock()
        let log = AccessLog(settings.log, clock)
        var configuration = settings.service
        let shortage = afford(&configuration.limits)
        do throws(SeedFileError) {
            // Before the store: a broken seed leaves nothing behind.
            configuration.seed = try settings.seed?.read(for: configuration.vendors)
        } catch {
            return failed(error.problems)
        }
        let service: Service
        do throws(ServiceError) {
            service = try Service(configuration, clock: clock, log: log)
        } catch {
            return failed(words(for: error, settings))
        }
        defer {
            let left = service.stop()
            if left > 0 { log.note("deliveries to webhooks not made, because the server stopped: \(left)") }
        }
        let ready = ReadyLine(host: service.address.host, port: service.address.port)
        if let problem = announce(ready, settings, log) { return failed([problem]) }
        if let file = settings.seed, let outcome = service.seeded { log.note(file.words(for: outcome)) }
        if let shortage { log.note(shortage) }
        // Connections are taken since the service was made. They are read from here on, so that the log tells of the
        // start before it tells of a request.
        service.start()
        defer { if let file = settings.portFile { PortFile.remove(file, of: ready.port) } }
        do throws(ServerError) {
            return try work(ready)
        } catch {
            return failed(["\(error)"])
        }
    }

    private static func words(for error: ServiceError, _ settings: Settings) -> [String] {
        switch error {
        case .store(let error): ["\(error)"]
        case .seed(let error): settings.seed?.named(error).problems ?? error.problems
        case .server(.listen(let host, let port, let problem)):
            ["cannot listen on \(host) port \(port): \(problem); --port takes another, 0 any free one"]
        case .server(let error): ["\(error)"]
        }
    }

    /// Raises the descriptor limit to what the connections need, or has the server take fewer of them.
    ///
    /// - Returns: what is to be said of that; nil when the system gives enough.
    private static func afford(_ limits: inout Limits) -> String? {
        // The store, the log and the loops must never be the ones that go without.
        let others = 64
        let wanted = limits.connections + others
        let limit = DescriptorLimit.raise(to: wanted)
        guard limit < wanted else { return nil }
        limits.connections = max(1, limit - others)
        return "this system lets a process open \(limit) files, not \(wanted): at most \(limits.connections) "
            + "connections are served at once; `ulimit -Hn` says why"
    }

    /// A thread that cannot be had is a resource that the server lacks.
    private static func threads<R>(_ start: () throws(SystemError) -> R) throws(ServerError) -> R {
        do throws(SystemError) {
            return try start()
        } catch {
            throw .resources(error)
        }
    }

    /// Tells the one who started us, now that connections are taken: the port file first, then the ready line.
    private static func announce(_ ready: ReadyLine, _ settings: Settings, _ log: AccessLog) -> String? {
        if let file = settings.portFile, let problem = PortFile.write(ready.port, to: file) { return problem }
        if settings.saysReady { Output.standard.write(settings.readyAsJSON ? ready.json : ready.text) }
        log.begin(settings.service.vendors, ready, store: settings.storeName)
        return nil
    }

    /// A misspelt variable would otherwise be silently without effect.
    static func warnOfUnknownVariables(_ environment: Environment) {
        let known = Command.allCases.flatMap(\.flags).map(\.variable)
        for name in environment.ours where !known.contains(name) {
            let hint = Spelling.nearest(to: name, in: known).map { "; did you mean '\($0)'?" } ?? ""
            Output.error.write("understudy: the variable \(name) means nothing here\(hint)\n")
        }
    }

    private static func failed(_ problems: [String]) -> Int32 {
        for problem in problems { Output.error.write("understudy: \(problem)\n") }
        return 1
    }
}

/// What `serve` was asked to do.
struct Settings {
    let service: Service.Configuration
    let storeName: String
    let seed: SeedFile?
    let portFile: String?
    let log: LogFormat
    /// Whether stdout gets the ready line.
    let saysReady: Bool
    let readyAsJSON: Bool

    /// Takes the values of flags.
    ///
    /// - Parameter isQuiet: whether stdout gets no ready line but the one that `--json` asks for.
    init(_ arguments: Arguments, isQuiet: Bool = false) throws(UsageError) {
        portFile = arguments["port-file"]
        storeName = arguments["db"] ?? ":memory:"
        seed = SeedFile.chosen(arguments["seed"])
        log = try arguments.choice("log")
        readyAsJSON = try arguments.isOn("json")
        saysReady = !isQuiet || readyAsJSON
        service = try Self.service(arguments, storeName)
    }

    private static func service(_ arguments: Arguments, _ storeName: String) throws(UsageError)
        -> Service.Configuration
    {
        var service = Service.Configuration(try Vendors.configured(by: arguments))
        service.host = try arguments.word("host")
        service.port = try arguments.integer("port", in: 0...65535)
        service.store = storeName == ":memory:" ? .memory : .file(storeName)
        service.durability = try arguments.choice("durability")
        service.loops = try arguments.integer("loops", in: 1...64)
        service.limits.headTime = try arguments.seconds("head-timeout")
        service.limits.bodyTime = try arguments.seconds("body-timeout")
        service.limits.writeTime = try arguments.seconds("write-timeout")
        service.limits.idleTime = try arguments.seconds("idle-timeout")
        service.journal = try arguments.integer("journal", in: 0...100_000)
        service.takesPreferences = try !arguments.isOn("no-prefer")
        service.webhooks = try arguments.choice("webhooks")
        service.explains = try !arguments.isOn("no-why")
        let token = try arguments["admin-token"].map { _ throws(UsageError) in try arguments.word("admin-token") }
        service.access = Access(try arguments.choice("admin"), token: token)
        return service
    }
}

/// How exchanges are logged.
enum LogFormat: String, CaseIterable, Sendable {
    case text, json, off
}
