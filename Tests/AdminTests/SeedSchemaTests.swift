import Admin
import Connect
import Foundation
import JSON
import Pulse
import Seam
import Sensay
import TestSupport
import Testing
import VendorKit

@Suite("The published schema of seeds")
struct SeedSchemaTests {
    private let schema: Schema
    private static let vendors: [any Vendor] = [Sensay(), Connect(), Seam(), Pulse()]

    init() throws {
        let file = URL(filePath: #filePath).appending(path: "../../../openapi/seed.schema.json").standardized
        schema = Schema(try JSONValue(parsing: Array(Data(contentsOf: file))))
    }

    private func isSeed(_ value: JSONValue) -> Bool {
        var json = JSONWriter(reserving: 1024)
        json.value(value)
        return (try? Seed.check(json.bytes, for: Self.vendors)) != nil
    }

    @Test func `its examples are seeds, by itself and by the program`() throws {
        guard case .array(let examples)? = schema.root["examples"] else {
            Issue.record("the schema has no examples")
            return
        }
        #expect(!examples.isEmpty)
        for example in examples {
            #expect(try schema.faults(of: example) == [])
            #expect(isSeed(example))
        }
    }

    @Test func `it names the lists and members that the program takes, and no others`() throws {
        for vendor in Self.vendors {
            let lists = try #require(schema.object("$defs.\(vendor.name).anyOf.1.properties"))
            #expect(lists.members.map(\.name) == vendor.seedKinds.map(\.name))
            for kind in vendor.seedKinds {
                let name = try #require(schema.text("$defs.\(vendor.name).anyOf.1.properties.\(kind.name).items.$ref"))
                let path = name.dropFirst(2).split(separator: "/").joined(separator: ".")
                let members = try #require(schema.object("\(path).properties")).members.map(\.name)
                #expect(Set(members) == Set(kind.members))
                #expect(schema.text("\(path).additionalProperties") == "false")
            }
            let short = schema.text("$defs.\(vendor.name).anyOf.0.items.$ref")
            #expect(short == "#/$defs/\(vendor.name)User")
        }
    }

    @Test(
        "it takes what the program takes",
        arguments: [
            "{}", #"{"sandboxes": {}}"#, #"{"$schema": "x", "seam": []}"#,
            #"{"sandboxes": {"a-1": {}}, "$schema": ""}"#,
            #"{"seam": {}}"#, #"{"seam": {"users": [{}]}}"#, #"{"seam": [{"full_name": null, "acs_system_ids": []}]}"#,
            #"{"sensay": [{}, {"linkedAccounts": []}]}"#, #"{"connect": [{"name": "A", "metadata": {"a": [1]}}]}"#,
            #"{"connect": {"customers": [{"name": "A"}]}}"#,
            #"{"pulse": {"roles": [{"name": "a", "permissions": []}]}}"#,
            #"{"pulse": [{"email": "a@b.co", "accountId": "2312", "id": 1, "notificationPreferences": {}}]}"#,
            #"{"pulse": [{"email": "a@b.co", "accountId": "2312", "teamId": 3, "roles": ["user"]}]}"#,
        ])
    func taken(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try schema.faults(of: value) == [])
        #expect(isSeed(value))
    }

    @Test(
        "it refuses what the program refuses for its shape",
        arguments: [
            "[]", #"{"sandboxes": []}"#, #"{"sandboxes": {"a b": {}}}"#, #"{"sandboxes": {}, "seam": []}"#,
            #"{"sandboxes": {"a": {"$schema": ""}}}"#, #"{"$schema": 1}"#, #"{"seem": []}"#, #"{"seam": 1}"#,
            #"{"seam": [1]}"#, #"{"seam": {"people": []}}"#, #"{"seam": [{"emial_address": "a@b.co"}]}"#,
            #"{"seam": [{"user_identity_id": "x"}]}"#, #"{"seam": [{"user_identity_key": ""}]}"#,
            #"{"sensay": [{"id": ""}]}"#, #"{"sensay": [{"linkedAccounts": [{"accountID": "1"}]}]}"#,
            #"{"sensay": [{"linkedAccounts": [{"accountID": "1", "accountType": "fax"}]}]}"#,
            #"{"connect": [{}]}"#, #"{"connect": [{"name": "A", "metadata": []}]}"#,
            #"{"connect": [{"name": "A", "customers": [{}]}]}"#, #"{"connect": {"customers": [{}]}}"#,
            #"{"pulse": [{"email": "a@b.co"}]}"#, #"{"pulse": [{"email": "a@b.co", "accountId": 2311}]}"#,
            #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "id": 0}]}"#,
            #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "id": 1.5}]}"#,
            #"{"pulse": [{"email": "a@b.co", "accountId": "2311", "teamId": 0}]}"#,
            #"{"pulse": {"teams": [{"teamId": "7"}]}}"#, #"{"pulse": {"accounts": [{"accountId": "7"}]}}"#,
        ])
    func refused(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(try schema.faults(of: value) != [])
        #expect(!isSeed(value))
    }
}
