internal import SQLite

/// One numbered step of the schema.
///
/// Once released, a step is never edited: a change is a new step.
struct Migration: Sendable {
    let name: String
    let sql: String
    /// What SQL alone cannot do, after it.
    var code: (@Sendable (inout Database) throws(SQLiteError) -> Void)?
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
            name: "ranks within lists, groups of users, and where the clock was set back",
            sql: """
                -- How many ordinals of a set stand among 2^shift of them: bucket = (ordinal - 1) >> shift.
                -- set_id = sandbox << 43 | vendor << 40: the ordinals that no user has any more; the rest has no row.
                -- set_id = the row number of a group in memberships: the ordinals of its members.
                CREATE TABLE bucket_counts(
                    set_id INTEGER NOT NULL,
                    shift INTEGER NOT NULL,
                    bucket INTEGER NOT NULL,
                    members INTEGER NOT NULL,
                    PRIMARY KEY(set_id, shift, bucket)
                ) STRICT, WITHOUT ROWID;

                -- group_id and member are users.id; what a group is, its vendor knows.
                CREATE TABLE memberships(
                    group_id INTEGER NOT NULL,
                    member INTEGER NOT NULL,
                    PRIMARY KEY(group_id, member)
                ) STRICT, WITHOUT ROWID;

                -- The users.id of each user that is older than the one before it by its created_at.
                CREATE TABLE clock_steps(id INTEGER PRIMARY KEY) STRICT;

                -- Each space's last ordinal, each bucket up to there, and what is not in it.
                WITH RECURSIVE
                    newest(id) AS (
                        SELECT max(id) FROM users
                        UNION ALL
                        SELECT (SELECT max(id) FROM users WHERE id < newest.id >> 40 << 40) FROM newest
                        WHERE newest.id IS NOT NULL),
                    spaces(space, last) AS (
                        SELECT space, max(last) FROM (
                            SELECT id >> 40 AS space, id & (1 << 40) - 1 AS last FROM newest WHERE id IS NOT NULL
                            UNION ALL SELECT space, last FROM ordinals)
                        GROUP BY space),
                    buckets(space, last, bucket) AS (
                        SELECT space, last, 0 FROM spaces
                        UNION ALL
                        SELECT space, last, bucket + 1 FROM buckets WHERE bucket + 1 <= last - 1 >> 10)
                INSERT INTO bucket_counts
                SELECT space << 40, 10, bucket, missing FROM (
                    SELECT space, bucket, min(1024, last - (bucket << 10)) - (
                        SELECT count(*) FROM users
                        WHERE id BETWEEN (space << 40) + (bucket << 10) + 1 AND (space << 40) + (bucket + 1 << 10)
                    ) AS missing FROM buckets)
                WHERE missing > 0;

                -- Connect (2) kept a user's customers (6) in the user's own fields alone.
                INSERT OR IGNORE INTO memberships
                SELECT (users.id >> 43 << 43) + (6 << 40) + json_extract(customer.value, '$.customer'), users.id
                FROM users, json_each(iif(json_valid(fields), fields, '{}'), '$.customers') AS customer
                WHERE users.id >> 40 & 7 = 2 AND instr(fields, '"customers":[');
                INSERT INTO bucket_counts
                SELECT group_id, 10, (member & (1 << 40) - 1) - 1 >> 10, count(*) FROM memberships GROUP BY 1, 3;

                INSERT INTO bucket_counts
                SELECT set_id, 20, bucket >> 10, sum(members) FROM bucket_counts GROUP BY 1, 3;

                INSERT INTO clock_steps
                SELECT id FROM (
                    SELECT id, created_at, lag(id) OVER all_users AS id_before,
                        lag(created_at) OVER all_users AS created_before
                    FROM users WINDOW all_users AS (ORDER BY id))
                WHERE created_at < created_before AND id >> 40 = id_before >> 40;
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

                CREATE TABLE snapshot_bucket_counts(
                    snapshot INTEGER NOT NULL,
                    set_id INTEGER NOT NULL,
                    shift INTEGER NOT NULL,
                    bucket INTEGER NOT NULL,
                    members INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, set_id, shift, bucket)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_memberships(
                    snapshot INTEGER NOT NULL,
                    group_id INTEGER NOT NULL,
                    member INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, group_id, member)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE snapshot_clock_steps(
                    snapshot INTEGER NOT NULL,
                    id INTEGER NOT NULL,
                    PRIMARY KEY (snapshot, id)
                ) STRICT, WITHOUT ROWID;
                """),
        Migration(
            name: "claims that are logged before they are on their pages",
            sql: """
                -- What happened to claims that are not in their table yet; a row a batch, as ClaimChange writes it.
                CREATE TABLE claim_log(id INTEGER PRIMARY KEY, changes BLOB NOT NULL) STRICT;

                -- For each bucket of keys a Bloom filter of those in the table, as SparseBits writes it, and up to which
                -- row of the log its claims are there.
                CREATE TABLE claim_filters(
                    bucket INTEGER PRIMARY KEY,
                    merged_through INTEGER NOT NULL,
                    bits BLOB NOT NULL
                ) STRICT;
                """,
            code: { database throws(SQLiteError) in
                var table = ClaimTable(in: database)
                var filters = ClaimFilters(in: database)
                try filters.add(keysOf: &table, in: nil)
            }),
    ]

    /// "Undr" in ASCII, by which a file is known to be ours (https://sqlite.org/pragma.html#pragma_application_id).
    static let applicationID: Int64 = 0x556E_6472

    /// Brings an open transaction's database from `version` to the last step.
    static func run(on database: inout Database, from version: Int, steps: [Migration] = all) throws(SQLiteError) {
        for (index, step) in steps.enumerated().dropFirst(version) {
            try database.execute(step.sql)
            try step.code?(&database)
            try database.execute("PRAGMA user_version = \(index + 1)")
        }
        if version == 0 { try database.execute("PRAGMA application_id = \(applicationID)") }
    }
}
