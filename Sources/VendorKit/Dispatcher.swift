package import HTTPServer
package import UserStore

/// Answers turns of requests: routes each to its vendor's operation, all within one batch of the store.
///
/// An answer that read or wrote while the batch's transaction was open is only true once the batch is committed.
/// When the commit fails, each of these becomes its vendor's 500, and nothing of the batch stays.
package struct Dispatcher: RequestHandler {
    private let router: Router
    private let house: House
    private let store: UserStore
    private let clock: Clock
    private let bodyLimit: Int
    private let reporter: any Reporter

    /// Puts vendors in front of a store.
    ///
    /// - Parameters:
    ///   - bodyLimit: the longest body that the server reads, in bytes, for the vendors' words about it.
    ///   - reporter: hears of every exchange, and of every failure of our own.
    package init(
        _ vendors: [any Vendor], store: UserStore, clock: Clock = Clock(), bodyLimit: Int, reporter: any Reporter
    ) {
        router = Router(vendors)
        house = House(vendors, store: store, clock: clock)
        self.store = store
        self.clock = clock
        self.bodyLimit = bodyLimit
        self.reporter = reporter
    }

    package func respond(to requests: [Request]) -> [Response] {
        var answers: [Answer] = []
        answers.reserveCapacity(requests.count)
        let (_, failure) = store.batch { batch in
            for request in requests { answers.append(answer(request, &batch)) }
        }
        // The health check asks the store, which is ours alone until here.
        var health: Response?
        for index in answers.indices where answers[index].isForHouse {
            answers[index].exchange.response = house.answer(requests[index], health: &health)
        }
        if let failure {
            reporter.failed("\(failure)")
            for index in answers.indices where answers[index].dependsOnBatch {
                answers[index].exchange.response = lost(answers[index], failure)
            }
        }
        reporter.finished(answers.lazy.map(\.exchange))
        return answers.map(\.exchange.response)
    }

    package func refusal(beforeBodyOf request: Request) -> Response? {
        let (refused, failure) = store.batch { batch in refuse(beforeBodyOf: request, &batch) }
        if let failure { reporter.failed("\(failure)") }
        guard var refused else { return nil }
        if refused.isForHouse {
            var health: Response?
            refused.exchange.response = house.answer(request, health: &health)
        }
        reporter.finished(CollectionOfOne(refused.exchange))
        return refused.exchange.response
    }

    private func refuse(beforeBodyOf request: Request, _ batch: inout Batch) -> Answer? {
        guard case .operation(let vendor, let operation, let path, let parameters) = router.route(request) else {
            return answer(request, &batch)
        }
        var call = makeCall(request, path, parameters)
        do throws(Problem) {
            try operation.checkHead(&call, &batch)
            return nil
        } catch {
            return Answer(exchange: exchange(call, vendor, operation.name, render(error, by: vendor, of: call)))
        }
    }

    /// An exchange, and whether its response holds only if the batch is committed.
    private struct Answer {
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
        case .wrongMethod(let vendor, let path, let allowed):
            let kind = Problem.Kind.methodNotAllowed(allowed: allowed, received: request.method)
            var answer = refuse(makeCall(request, path), vendor, Problem(kind, by: KitRules.knownMethod))
            answer.exchange.response.fields.append("Allow", CrossOrigin.list(allowed))
            return answer
        case .options(let vendor, let allowed):
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
            response = try batch.request { batch throws(Problem) in try operation.answer(&call, &batch) }
            vendor.crossOrigin.grant(call.request, in: &response.fields)
        } catch {
            response = render(error, by: vendor, of: call)
        }
        return Answer(
            exchange: exchange(call, vendor, operation.name, response), dependsOnBatch: batch.touchedTransaction,
            vendor: vendor, call: call)
    }

    private func refuse(_ call: Call, _ vendor: any Vendor, _ problem: Problem) -> Answer {
        Answer(exchange: exchange(call, vendor, nil, render(problem, by: vendor, of: call)))
    }

    private func outside(_ request: Request, _ response: Response, _ vendor: String? = nil) -> Answer {
        Answer(
            exchange: Exchange(
                number: nil, vendor: vendor, operation: nil, sandbox: nil, time: clock.now, request: request,
                response: response))
    }

    private func exchange(_ call: Call, _ vendor: any Vendor, _ operation: String?, _ response: Response) -> Exchange {
        Exchange(
            number: call.number, vendor: vendor.name, operation: operation, sandbox: call.sandbox, time: call.now,
            request: call.request, response: response)
    }

    private func render(_ problem: Problem, by vendor: any Vendor, of call: Call) -> Response {
        if case .internal(let detail) = problem.kind { reporter.failed("\(vendor.name) \(call.path): \(detail)") }
        var response = vendor.render(problem, of: call)
        vendor.crossOrigin.grant(call.request, in: &response.fields)
        return response
    }

    private func lost(_ answer: Answer, _ failure: StoreError) -> Response {
        guard let vendor = answer.vendor, let call = answer.call else { return answer.exchange.response }
        return render(Problem(failure), by: vendor, of: call)
    }

    private func makeCall(_ request: Request, _ path: String, _ parameters: [String] = []) -> Call {
        Call(
            request, path: path, parameters: parameters, number: store.nextRequestNumber(), now: clock.now,
            bodyLimit: bodyLimit)
    }
}

/// Hears what happens, after it happened.
package protocol Reporter: Sendable {
    /// Takes the exchanges of one turn, once their outcome is settled and before the answers leave.
    func finished(_ exchanges: some Sequence<Exchange>)
    /// Takes a failure of our own, in words for the operator.
    func failed(_ message: String)
}
