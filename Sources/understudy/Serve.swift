import Admin
import HTTPServer
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
        let seed: Seed?
        do throws(SeedFileError) {
            // Before the store: a broken seed leaves nothing behind.
            seed = try settings.seed.map { file throws(SeedFileError) in try file.read(for: settings.vendors) }
        } catch {
            return failed(error)
        }
        let store: UserStore
        do throws(StoreError) {
            store = try UserStore(at: settings.store, durability: settings.durability)
        } catch {
            return failed("\(error)")
        }
        defer { store.close() }
        let clock = Clock()
        if let file = settings.seed, let seed {
            do throws(SeedFileError) {
                try file.apply(seed, to: store, clock)
            } catch {
                return failed(error)
            }
        }
        let log = AccessLog(settings.log, clock)
        let (limits, shortage) = affordable(settings.limits)
        let journal = Journal(capacity: settings.journal)
        let metrics = Metrics()
        let keys = KeyUses()
        let faults = FaultRules(takesPreferences: settings.takesPreferences)
        let dispatcher = Dispatcher(
            settings.vendors, store: store, clock: clock, bodyLimit: limits.body,
            reporter: Reporters([log, journal, metrics, keys]),
            control: Admin(
                settings.vendors, store: store, clock: clock, journal: journal, metrics: metrics, keys: keys,
                faults: faults, access: settings.access),
            faults: faults)
        do throws(ServerError) {
            let server = try Server(
                host: settings.host, port: settings.port, loops: settings.loops, limits: limits,
                handler: dispatcher)
            metrics.watch(server)
            defer { server.stop() }
            let housekeeper = try threads { () throws(SystemError) in try Housekeeper(store, clock, log) }
            defer { housekeeper.stop() }
            let ready = ReadyLine(host: server.address.host, port: server.address.port)
            if let problem = announce(ready, settings, log) { return failed(problem) }
            if let shortage { log.note(shortage) }
            // Connections are taken since the server was made. They are read from here on, so that the log tells of
            // the start before it tells of a request.
            server.start()
            defer { if let file = settings.portFile { PortFile.remove(file, of: ready.port) } }
            return try work(ready)
        } catch .listen(let host, let port, let problem) {
            return failed("cannot listen on \(host) port \(port): \(problem); --port takes another, 0 any free one")
        } catch {
            return failed("\(error)")
        }
    }

    /// Raises the descriptor limit to what the connections need, or has the server take fewer of them, and says so.
    private static func affordable(_ limits: Limits) -> (limits: Limits, shortage: String?) {
        // The store, the log and the loops must never be the ones that go without.
        let others = 64
        let wanted = limits.connections + others
        let limit = DescriptorLimit.raise(to: wanted)
        guard limit < wanted else { return (limits, nil) }
        var limits = limits
        limits.connections = max(1, limit - others)
        return (
            limits,
            "this system lets a process open \(limit) files, not \(wanted): at most \(limits.connections) connections "
                + "are served at once; `ulimit -Hn` says why"
        )
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
        log.begin(settings.vendors, ready, store: settings.storeName)
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

    private static func failed(_ error: SeedFileError) -> Int32 {
        for problem in error.problems { Output.error.write("understudy: \(problem)\n") }
        return 1
    }

    private static func failed(_ message: String) -> Int32 {
        Output.error.write("understudy: \(message)\n")
        return 1
    }
}

/// What `serve` was asked to do.
struct Settings {
    let host: String
    let port: Int
    let portFile: String?
    let storeName: String
    let seed: SeedFile?
    let durability: Durability
    let loops: Int
    let log: LogFormat
    /// Whether stdout gets the ready line.
    let saysReady: Bool
    let readyAsJSON: Bool
    let journal: Int
    let access: Access
    let takesPreferences: Bool
    let vendors: [any Vendor]
    let limits = Limits()

    /// Takes the values of flags.
    ///
    /// - Parameter isQuiet: whether stdout gets no ready line but the one that `--json` asks for.
    init(_ arguments: Arguments, isQuiet: Bool = false) throws(UsageError) {
        host = try arguments.word("host")
        port = try arguments.integer("port", in: 0...65535)
        portFile = arguments["port-file"]
        storeName = arguments["db"] ?? ":memory:"
        seed = SeedFile.chosen(arguments["seed"])
        durability = try arguments.choice("durability")
        loops = try arguments.integer("loops", in: 1...64)
        log = try arguments.choice("log")
        readyAsJSON = try arguments.isOn("json")
        saysReady = !isQuiet || readyAsJSON
        takesPreferences = try !arguments.isOn("no-prefer")
        journal = try arguments.integer("journal", in: 0...100_000)
        let token = try arguments["admin-token"].map { _ throws(UsageError) in try arguments.word("admin-token") }
        access = Access(try arguments.choice("admin"), token: token)
        vendors = try Vendors.configured(by: arguments)
    }

    var store: StoreLocation {
        storeName == ":memory:" ? .memory : .file(storeName)
    }
}

/// How exchanges are logged.
enum LogFormat: String, CaseIterable, Sendable {
    case text, json, off
}
