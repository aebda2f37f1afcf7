import SQLite
import Testing

struct ErrorTests {
    @Test func `a primary code matches its extended ones, and not the other way round`() {
        #expect(ResultCode.constraint ~= ResultCode.unique)
        #expect(ResultCode.constraint ~= ResultCode.constraint)
        #expect(!(ResultCode.unique ~= ResultCode.constraint))
        #expect(!(ResultCode.unique ~= ResultCode.primaryKey))
        #expect(ResultCode.unique.primary == .constraint)
    }

    @Test func `a clash says the extended code, SQLite's words and the statement`() throws {
        var database = try Database(path: ":memory:", busyTimeout: 0)
        try database.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT UNIQUE); INSERT INTO t VALUES (1, 'a')")
        var insert = Statement("INSERT INTO t(v) VALUES (?1)", in: database)
        insert.bind(text: "a", at: 1)
        let error = #expect(throws: SQLiteError.self) { try insert.run() }
        #expect(error?.code == .unique)
        #expect(error?.message == "UNIQUE constraint failed: t.v")
        #expect(error?.sql == "INSERT INTO t(v) VALUES (?1)")
        insert.bind(text: "b", at: 1)
        #expect(try insert.run() == 1)
    }

    @Test func `a statement that cannot be prepared says so at every run`() throws {
        let database = try Database(path: ":memory:", busyTimeout: 0)
        var statement = Statement("SELECT 1 FROM nowhere", in: database)
        for _ in 0..<2 {
            let error = #expect(throws: SQLiteError.self) { try statement.run() }
            #expect(error?.message == "no such table: nowhere")
        }
    }

    @Test func `a parameter that does not exist is refused at the next run only`() throws {
        let database = try Database(path: ":memory:", busyTimeout: 0)
        var statement = Statement("SELECT ?1", in: database)
        statement.bind(1, at: 2)
        #expect(throws: SQLiteError.self) { try statement.run() }
        statement.bind(1, at: 1)
        #expect(try statement.first { row in row.integer(0) } == 1)
    }

    @Test func `a folder cannot be opened`() {
        let error = #expect(throws: SQLiteError.self) { _ = try Database(path: "/tmp", busyTimeout: 0) }
        #expect(error.map { ResultCode.cannotOpen ~= $0.code } == true)
    }
}
