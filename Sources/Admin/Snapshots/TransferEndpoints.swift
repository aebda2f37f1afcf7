import HTTPServer
import UserStore
import VendorKit

/// Handing the whole store over as one file, and taking one in its place.
package struct TransferEndpoints {
    let store: UserStore
    let webhooks: Webhooks

    /// Bytes of a file, either way: it is in memory a few times over.
    package static let maximumBytes = 64 << 20
    /// Where a file is taken.
    static let importPath = "/__admin/import"

    var all: [Endpoint] {
        [
            Endpoint(.get, "/__admin/export") { _ throws(AdminError) in
                let file = try store.kept { batch throws(StoreError) in try batch.exported(limit: Self.maximumBytes) }
                guard let file else {
                    throw AdminError(
                        .contentTooLarge,
                        "the store has more than \(Self.maximumBytes) bytes; stop the server and copy the file of --db")
                }
                let fields = ResponseFields(
                    ("Content-Type", "application/vnd.sqlite3"),
                    ("Content-Disposition", "attachment; filename=\"understudy.sqlite\""))
                return Response(.ok, fields: fields, body: file)
            },
            Endpoint(
                .post, Self.importPath,
                tooLarge:
                    "a file has at most \(Self.maximumBytes) bytes; start a server with --db and the file instead"
            ) { call throws(AdminError) in
                let file = call.content
                let refusal = try store.kept { batch throws(StoreError) in
                    let refusal = try batch.replaceAll(with: file)
                    if refusal == nil { webhooks.forget(sandbox: nil) }
                    return refusal
                }
                if let refusal { throw AdminError(.badRequest, "\(refusal)") }
                return Reply.done
            },
        ]
    }
}
