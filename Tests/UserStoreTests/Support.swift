import Foundation
import Testing
import UserStore

/// A folder of its own for one test, removed when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        path = FileManager.default.temporaryDirectory.path + "/understudy-store-" + UUID().uuidString
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func file(_ name: String = "store.sqlite") -> String {
        path + "/" + name
    }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    }
}

let sensay = VendorNumber(rawValue: 1)
let seam = VendorNumber(rawValue: 3)
let email: UInt8 = 1
let phone: UInt8 = 2

struct Undone: Error {}

extension UserStore {
    /// Runs a batch that must be kept.
    func kept<R>(_ body: (inout Batch) throws -> R) throws -> R {
        let (result, failure) = batch { batch in
            Result { try batch.request { batch throws in try body(&batch) } }
        }
        #expect(failure == nil)
        return try result.get()
    }

    /// Runs what stands outside of requests, and must be kept.
    func outside<R>(_ body: (inout Batch) throws -> R) throws -> R {
        let (result, failure) = batch { batch in Result { try body(&batch) } }
        #expect(failure == nil)
        return try result.get()
    }

    /// Creates a user that claims the emails, in a sandbox that is made when missing.
    @discardableResult
    func create(
        _ emails: String..., vendor: VendorNumber = seam, in sandbox: String = "default", kind: UInt8 = email,
        fields: String = "{}", now: Int64 = 1_000, request: Int64 = 1
    ) throws -> StoredUser {
        try kept { batch in
            try batch.create(
                emails, vendor: vendor, in: sandbox, kind: kind, fields: fields, now: now, request: request)
        }
    }
}

extension Batch {
    mutating func create(
        _ emails: [String], vendor: VendorNumber = seam, in sandbox: String = "default", kind: UInt8 = email,
        fields: String = "{}", now: Int64 = 1_000, request: Int64 = 1
    ) throws -> StoredUser {
        let id = try nextUserID(of: vendor, in: try openSandbox(named: sandbox, now: now))
        let claims = emails.map { Claim(kind: kind, value: $0) }
        return try create(
            NewUser(id: id, claims: claims, fields: Array(fields.utf8)), now: now, request: request)
    }
}

/// The conflict that an expression ends in, or nil.
func conflict(in body: () throws -> Void) -> ClaimConflict? {
    do {
        try body()
        return nil
    } catch WriteFailure.conflict(let conflict) {
        return conflict
    } catch {
        Issue.record(error)
        return nil
    }
}
