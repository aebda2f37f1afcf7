import HTTPServer

extension Dispatcher {
    /// Gives an admitted call its sandbox's time, and strikes it with the fault that is meant for it.
    ///
    /// - Throws: the problem of a fault that comes instead of the operation.
    func admit(_ call: inout Call, to operation: Operation, of vendor: any Vendor) throws(Problem) {
        call.now = clock.now(in: call.sandbox)
        guard let fault = faults?.fault(of: call, vendor: vendor.name, operation: operation.name) else { return }
        call.fault = fault
        if fault.delivery.delay > 0 { held.hold(call.number, for: fault.delivery.delay) }
        guard fault.phase == .before else { return }
        // An answer that never arrives means that nothing was done, whatever it would have said.
        if let problem = fault.problem { throw problem }
        if fault.delivery.manner != .whole {
            throw Problem(.internal("injected by '\(fault.name)'"), by: KitRules.injected)
        }
    }

    /// Does to an answer what its fault wants, now that the batch is settled.
    func spoil(_ answer: inout Answer) {
        guard let vendor = answer.vendor, var call = answer.call, let fault = call.fault else { return }
        if fault.phase == .after, let problem = fault.problem {
            answer.exchange.response = render(problem, by: vendor, of: &call)
            answer.exchange.why = call.why
        }
        answer.exchange.response.fields.append("X-Understudy-Fault", fault.name)
        answer.exchange.response.delivery = fault.delivery
    }
}
