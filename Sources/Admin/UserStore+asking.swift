import HTTPServer
import UserStore

extension UserStore {
    /// Runs some work in a batch of its own, and words the store's failure.
    func kept<R>(_ work: (inout Batch) throws(StoreError) -> R) throws(AdminError) -> R {
        let (result, failure) = batch { batch in
            Result { () throws(StoreError) in try work(&batch) }
        }
        if let failure { throw AdminError(.internalServerError, "\(failure)") }
        do throws(StoreError) {
            return try result.get()
        } catch {
            throw AdminError(.internalServerError, "\(error)")
        }
    }

    /// Reads and writes in a request of its own, all or nothing.
    func changed<R>(_ work: (inout Batch) throws(StoreError) -> R) throws(AdminError) -> R {
        try kept { batch throws(StoreError) in try batch.request(work) }
    }

    /// The sandboxes that a call is about: all, or the one that it names if there is such a one.
    func sandboxes(_ call: AdminCall) throws(AdminError) -> [(name: String, id: SandboxID)] {
        let all = try kept { batch throws(StoreError) in try batch.allSandboxes() }
        guard let name = call.sandbox else { return all }
        return all.filter { $0.name == name }
    }
}
