import SQLite
import Testing

struct StatementTests {
    @Test(arguments: ["", "a", "a\0b", "é", "e\u{301}"])
    func `text comes back byte for byte`(text: String) throws {
        var database = try Database(path: ":memory:", busyTimeout: 0)
        try database.execute("CREATE TABLE t(v TEXT NOT NULL) STRICT")
        var insert = Statement("INSERT INTO t VALUES (?1)", in: database)
        insert.bind(text: text, at: 1)
        #expect(try insert.run() == 1)
        var select = Statement("SELECT v, length(CAST(v AS BLOB)) FROM t", in: database)
        let row = try select.first { row in (row.text(0), row.bytes(0), row.integer(1)) }
        #expect(row.map { Array($0.0.utf8) } == Array(text.utf8))
        #expect(row?.1 == Array(text.utf8))
        #expect(row?.2 == Int64(text.utf8.count))
    }
}
