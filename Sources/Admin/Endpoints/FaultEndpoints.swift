import HTTPServer
import JSON
import VendorKit

/// Arming, listing and disarming faults.
struct FaultEndpoints {
    let faults: FaultRules
    let vendors: [any Vendor]

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/faults", query: ["sandbox"]) { call in
                let rules = faults.rules.filter { rule in call.sandbox.map { $0 == rule.sandbox } ?? true }
                return Reply.list("faults", rules) { $0.write(to: &$1) }
            },
            Endpoint(.post, "/__admin/faults") { call throws(AdminError) in
                let rule = faults.arm(try FaultRule(try call.object(), vendors: vendors))
                return Reply.json(.created) { json in
                    json.name("fault")
                    rule.write(to: &json)
                }
            },
            Endpoint(.delete, "/__admin/faults", query: ["sandbox"]) { call in
                _ = faults.disarm { rule in call.sandbox.map { $0 == rule.sandbox } ?? true }
                return Reply.done
            },
            Endpoint(.delete, "/__admin/faults/{id}") { call throws(AdminError) in
                guard faults.disarm(where: { $0.id == call.parameters[0] }) else {
                    throw AdminError(.notFound, "no fault '\(call.parameters[0])' is armed")
                }
                return Reply.done
            },
        ]
    }
}
