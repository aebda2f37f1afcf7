internal import SQLite

/// One numbered step of the schema.
///
/// Once released, a step is never edited: a change is a new step.
struct Migration: Sendable {
    let name: String
    let sql: String
}

extension Migration {
    /// All steps in order; a file's `user_version` counts those that it has been through.
    static let all = [
        Migration(
            name: "sandboxes, users, claims, idempotency records, events",
            sql: """
                CREATE TABLE meta(name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;

                CREATE TABLE sandboxes(
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE,
                    created_at INTEGER NOT NULL
                ) STRICT;

                -- id = sandbox << 43 | vendor << 40 | ordinal. `fields` is the vendor's own JSON.
                CREATE TABLE users(
                    id INTEGER PRIMARY KEY,
                    fields TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    request INTEGER NOT NULL
                ) STRICT;

                -- The last ordinal given out per (sandbox << 3 | vendor), written when a user is deleted.
                CREATE TABLE ordinals(space INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;

                -- owner is users.id, or idempotency_records.id. No foreign key: it would cost a look-up a claim and,
                -- without an index on owner, a scan a deletion; both are written together in one transaction.
                -- request is NULL where it is the request that made the owner.
                CREATE TABLE claims(
                    key BLOB PRIMARY KEY,
                    owner INTEGER NOT NULL,
                    request INTEGER
                ) STRICT, WITHOUT ROWID;

                -- id as in users. Found through claims. What a sweep reads stands before what may be long.
                CREATE TABLE idempotency_records(
                    id INTEGER PRIMARY KEY,
                    created_at INTEGER NOT NULL,
                    request INTEGER NOT NULL,
                    user INTEGER,
                    status INTEGER NOT NULL,
                    key TEXT NOT NULL,
                    target TEXT NOT NULL,
                    fingerprint BLOB NOT NULL,
                    fields BLOB NOT NULL,
                    body BLOB NOT NULL
                ) STRICT;

                -- id = sandbox << 43 | number, so that a sandbox's events are a range.
                CREATE TABLE events(
                    id INTEGER PRIMARY KEY,
                    vendor INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    user INTEGER,
                    data TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    request INTEGER NOT NULL
                ) STRICT;
                """),
        Migration(
            name: "snapshots",
            sql: """
                -- sandbox is NULL for a snapshot of all.
                CREATE TABLE snapshots(
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE,
                    sandbox INTEGER,
                    created_at INTEGER NOT NULL,
                    users INTEGER NOT NULL
                ) STRICT;

                -- Beside each table of sandboxes' rows one with the same columns, behind the snapshot's number. A
                -- column that is added there is added here.
                CREATE TABLE snapshot_users(
                    snapshot INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    fields TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER NOT NULL,
                    request INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, id)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_ordinals(
                    snapshot INTEGER NOT NULL,
                    space INTEGER NOT NULL,
                    last INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, space)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_claims(
                    snapshot INTEGER NOT NULL,
                    key BLOB NOT NULL,
                    owner INTEGER NOT NULL,
                    request INTEGER,
                    PRIMARY KEY (snapshot, key)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_idempotency_records(
                    snapshot INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    created_at INTEGER NOT NULL,
                    request INTEGER NOT NULL,
                    user INTEGER,
                    status INTEGER NOT NULL,
                    key TEXT NOT NULL,
                    target TEXT NOT NULL,
                    fingerprint BLOB NOT NULL,
                    fields BLOB NOT NULL,
                    body BLOB NOT NULL,
                    PRIMARY KEY (snapshot, id)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_events(
                    snapshot INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    vendor INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    user INTEGER,
                    data TEXT NOT NULL,
                    created_at INTEGER NOT NULL,
                    request INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, id)
                ) STRICT, WITHOUT ROWID;
                """),
    ]

    /// "Undr" in ASCII, by which a file is known to be ours (https://sqlite.org/pragma.html#pragma_application_id).
    static let applicationID: Int64 = 0x556E_6472

    /// Brings an open transaction's database from `version` to the last step.
    static func run(on database: inout Database, from version: Int, steps: [Migration] = all) throws(SQLiteError) {
        for (index, step) in steps.enumerated().dropFirst(version) {
            try database.execute(step.sql)
            try database.execute("PRAGMA user_version = \(index + 1)")
        }
        if version == 0 { try database.execute("PRAGMA application_id = \(applicationID)") }
    }
}
