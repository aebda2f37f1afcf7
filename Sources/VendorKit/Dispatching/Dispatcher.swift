package import HTTPServer
import JSON
package import UserStore

/// Answers turns of requests: routes each to its vendor's operation, all within one batch of the store.
///
/// An answer that read or wrote while the batch's transaction was open is only true once the batch is committed.
/// When the commit fails, each of these becomes its vendor's 500, and nothing of the batch stays.
package struct Dispatcher: RequestHandler {
    private let router: Router
    private let house: House
    private let store: UserStore
    let clock: Clock
    private let bodyLimit: Int
    private let reporter: any Reporter
    private let explains: Bool
    private let control: (any ControlPlane)?
    let faults: (any FaultSource)?
    let held = HeldAnswers()

    /// Puts vendors in front of a store.
    ///
    /// - Parameters:
    ///   - bodyLimit: the longest body that the server reads, in bytes, for the vendors' words about it.
    ///   - reporter: hears of every exchange, and of every failure of our own.
    ///   - explains: whether answers carry `X-Understudy-Request-Id` and `X-Understudy-Why`.
    ///   - control: answers what is asked about the server itself.
    ///   - faults: chooses what goes wrong on purpose.
    package init(
        _ vendors: [any Vendor], store: UserStore, clock: Clock = Clock(), bodyLimit: Int, reporter: any Reporter,
        explains: Bool = true, control: (any ControlPlane)? = nil, faults: (any FaultSource)? = nil
    ) {
        router = Router(vendors)
        house = House(vendors, store: store, clock: clock)
        self.store = store
        self.clock = clock
        self.bodyLimit = bodyLimit
        self.reporter = reporter
        self.explains = explains
        self.control = control
        self.faults = faults
    }

    package func respond(to requests: [Request]) -> [Response] {
        let began = SystemClock.monotonic
        var worked = Int64.max
        var answers: [Answer] = []
        answers.reserveCapacity(requests.count)
        let (_, failure) = store.batch { batch in
            for request in requests { answers.append(answer(request, &batch)) }
            // Answers depend on the batch exactly when there is something to commit.
            if answers.contains(where: \.dependsOnBatch) { worked = SystemClock.monotonic }
        }
        if worked != .max, failure == nil { reporter.committed(in: SystemClock.monotonic - worked) }
        if faults != nil { for index in answers.indices { spoil(&answers[index]) } }
        // The house and the control plane ask the store, which is ours alone until here.
        var health: Response?
        for index in answers.indices where answers[index].isForHouse {
            answers[index].exchange.response = answerAtHouse(requests[index], &health)
        }
        if let failure {
            reporter.failed("\(failure)")
            for index in answers.indices where answers[index].dependsOnBatch {
                answers[index].exchange.response = lost(answers[index], failure)
            }
        }
        let elapsed = SystemClock.monotonic - began
        for index in answers.indices { answers[index].exchange.elapsed = elapsed }
        let exchanges = answers.map(\.exchange)
        reporter.finished(exchanges)
        return exchanges.map(\.response)
    }

    package func refusal(beforeBodyOf request: Request) -> Response? {
        let began = SystemClock.monotonic
        let (refused, failure) = store.batch { batch in refuse(beforeBodyOf: request, &batch) }
        if let failure { reporter.failed("\(failure)") }
        guard var refused else { return nil }
        if refused.isForHouse {
            var health: Response?
            refused.exchange.response = answerAtHouse(request, &health)
        }
        refused.exchange.elapsed = SystemClock.monotonic - began
        reporter.finished([refused.exchange])
        return refused.exchange.response
    }

    package func response(to refusal: Refusal) -> Response {
        reporter.refused(refusal)
        return Response(refusal)
    }

    private func refuse(beforeBodyOf request: Request, _ batch: inout Batch) -> Answer? {
        guard case .operation(let vendor, let operation, let path, let parameters) = router.route(request) else {
            // The control plane answers what the content says.
            return control?.serves(request.target.path) == true ? nil : answer(request, &batch)
        }
        var call = makeCall(request, path, parameters)
        do throws(Problem) {
            try operation.checkHead(&call, &batch)
            return nil
        } catch {
            let response = render(error, by: vendor, of: &call)
            return Answer(exchange: exchange(call, vendor, operation.name, response))
        }
    }

    private func answerAtHouse(_ request: Request, _ health: inout Response?) -> Response {
        control?.answer(request) ?? house.answer(request, health: &health)
    }

    /// An exchange, and whether its response holds only if the batch is committed.
    struct Answer {
        var exchange: Exchange
        var dependsOnBatch = false
        /// Words the answer that replaces this one when the batch is lost.
        var vendor: (any Vendor)?
        var call: Call?
        /// Answered by the house, once the batch is over.
        var isForHouse = false
    }

    private func answer(_ request: Request, _ batch: inout Batch) -> Answer {
        switch router.route(request) {
        case .operation(let vendor, let operation, let path, let parameters):
            return run(operation, of: vendor, makeCall(request, path, parameters), &batch)
        case .noSuchPath(let vendor, let path):
            return refuse(makeCall(request, path), vendor, Problem(.notFound, by: KitRules.knownPath))
        case .unserved(let vendor, let path):
            let nearest = vendor.nearest(to: path, request.method)
            let problem = Problem(.notImplemented(nearest: nearest), by: KitRules.unserved)
            return refuse(makeCall(request, path), vendor, problem)
        case .wrongMethod(let vendor, let path, let allowed):
            let kind = Problem.Kind.methodNotAllowed(allowed: allowed, received: request.method)
            var answer = refuse(makeCall(request, path), vendor, Problem(kind, by: KitRules.knownMethod))
            answer.exchange.response.fields.append("Allow", CrossOrigin.list(allowed))
            return answer
        case .options(let vendor, let allowed):
            if let refusal = house.tooLarge(request) { return outside(request, refusal, vendor.name) }
            var response = vendor.crossOrigin.options(request, allowed)
            response.fields.append(contentsOf: vendor.optionsFields)
            return outside(request, response, vendor.name)
        case .undecided(let candidates, let marked):
            return outside(request, house.undecided(request, candidates, marked))
        case .outside:
            var answer = outside(request, Response(.notFound))
            answer.isForHouse = true
            return answer
        }
    }

    private func run(_ operation: Operation, of vendor: any Vendor, _ initial: Call, _ batch: inout Batch) -> Answer {
        var call = initial
        var response: Response
        do throws(Problem) {
            response = try batch.request { batch throws(Problem) in
                try operation.answer(&call, &batch) { call throws(Problem) in
                    try admit(&call, to: operation, of: vendor)
                }
            }
            seal(&response, call, vendor)
        } catch {
            let dependsOnBatch = batch.touchedTransaction
            let holder = holder(in: error, vendor, call, &batch)
            response = render(error, by: vendor, of: &call, heldBy: holder)
            return Answer(
                exchange: exchange(call, vendor, operation.name, response), dependsOnBatch: dependsOnBatch,
                vendor: vendor, call: call)
        }
        return Answer(
            exchange: exchange(call, vendor, operation.name, response), dependsOnBatch: batch.touchedTransaction,
            vendor: vendor, call: call)
    }

    private func refuse(_ initial: Call, _ vendor: any Vendor, _ problem: Problem) -> Answer {
        var call = initial
        let response = render(problem, by: vendor, of: &call)
        return Answer(exchange: exchange(call, vendor, nil, response))
    }

    /// The id of the user who holds what a call wanted, as the vendor shows it.
    private func holder(
        in problem: Problem, _ vendor: any Vendor, _ call: Call, _ batch: inout Batch
    ) -> String? {
        guard case .conflict(_, let owner?, _) = problem.kind, let sandbox = call.sandbox,
            let user = try? batch.user(owner)
        else { return nil }
        return try? vendor.person(user, in: sandbox).id
    }

    private func outside(_ request: Request, _ response: Response, _ vendor: String? = nil) -> Answer {
        Answer(
            exchange: Exchange(
                number: nil, vendor: vendor, operation: nil, sandbox: nil, time: clock.now, why: nil, request: request,
                response: response))
    }

    private func exchange(_ call: Call, _ vendor: any Vendor, _ operation: String?, _ response: Response) -> Exchange {
        Exchange(
            number: call.number, vendor: vendor.name, operation: operation, sandbox: call.sandbox, time: call.now,
            why: call.why, request: call.request, response: response)
    }

    func render(
        _ problem: Problem, by vendor: any Vendor, of call: inout Call, heldBy holder: String? = nil
    ) -> Response {
        if case .internal(let detail) = problem.kind, problem.rule != KitRules.injected {
            reporter.failed("\(vendor.name) \(call.path): \(detail)")
        }
        call.why = Why(problem)
        call.why?.rule = vendor.ownRule(for: problem.rule)
        var response = vendor.render(problem, of: call)
        if let seconds = problem.retryAfter(at: vendor) { response.fields.append("Retry-After", String(seconds)) }
        seal(&response, call, vendor, heldBy: holder)
        return response
    }

    /// Adds what every answer of a vendor carries beyond the vendor's own: for pages of other origins, and why.
    private func seal(_ response: inout Response, _ call: Call, _ vendor: any Vendor, heldBy holder: String? = nil) {
        vendor.crossOrigin.grant(call.request, in: &response.fields)
        if clock.isMoved(in: call.sandbox) { response.date = call.now / 1000 }
        guard explains else { return }
        // Names and values are of our own making: unchecked they take a third of the instructions.
        response.fields.appendLines { lines in
            lines.reserveCapacity(lines.count + 192)
            lines += Self.requestIDName
            lines.appendDecimal(call.number)
            lines += Self.whyName
            if let why = call.why {
                why.write(to: &lines, heldBy: holder, claims: vendor.name(ofClaim:))
            } else {
                lines += KitRules.served.label
            }
            lines += Self.lineEnd
        }
    }

    private static let requestIDName = Array("X-Understudy-Request-Id: req_".utf8)
    private static let whyName = Array("\r\nX-Understudy-Why: ".utf8)
    private static let lineEnd = Array("\r\n".utf8)

    private func lost(_ answer: Answer, _ failure: StoreError) -> Response {
        guard let vendor = answer.vendor, var call = answer.call else { return answer.exchange.response }
        return render(Problem(failure), by: vendor, of: &call)
    }

    private func makeCall(_ request: Request, _ path: String, _ parameters: [String] = []) -> Call {
        var call = Call(
            request, path: path, parameters: parameters, number: store.nextRequestNumber(), now: clock.now,
            bodyLimit: bodyLimit)
        call.held = held
        return call
    }
}
