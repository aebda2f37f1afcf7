import Foundation
import SQLite
import Testing
import UserStore

struct OpeningTests {
    let folder = TemporaryFolder()

    func failure(_ path: String) -> StoreError? {
        do throws(StoreError) {
            _ = try UserStore(at: .file(path))
            return nil
        } catch {
            return error
        }
    }

    @Test func `a missing folder, a folder and a path under a file cannot be opened, and say why`() throws {
        try Data("text".utf8).write(to: URL(fileURLWithPath: folder.file("file")))
        let table: [(String, String)] = [
            (folder.path, "this is a folder"), (folder.file("none/store.sqlite"), "mkdir -p '\(folder.file("none"))'"),
            (folder.file("file/store.sqlite"), "is not a folder"), ("", "this is a folder"),
        ]
        for (path, advice) in table {
            let error = failure(path)
            #expect(error?.kind == .cannotOpen)
            #expect(error?.file == path)
            #expect(error?.advice.contains(advice) == true, "\(String(describing: error))")
        }
        #expect(try folder.names() == ["file"])
    }

    @Test func `a text file is no database and stays as it is`() throws {
        let text = Data(String(repeating: "not a database\n", count: 100).utf8)
        try text.write(to: URL(fileURLWithPath: folder.file()))
        #expect(failure(folder.file())?.kind == .notADatabase)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == text)
        #expect(try folder.names() == ["store.sqlite"])
    }

    @Test func `a database of another program stays as it is`() throws {
        try Database.run(folder.file(), "CREATE TABLE theirs(x); INSERT INTO theirs VALUES (1)")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        #expect(failure(folder.file())?.kind == .notOurs)
        try Database.run(folder.file("other"), "PRAGMA application_id = 1")
        #expect(failure(folder.file("other"))?.kind == .notOurs)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
    }

    @Test func `a file of a newer version is refused and stays as it is`() throws {
        try UserStore(at: .file(folder.file())).close()
        try Database.run(folder.file(), "PRAGMA user_version = 99")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        let error = failure(folder.file())
        #expect(error?.kind == .newerVersion)
        #expect(error?.description.contains("99") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())) == before)
    }

    @Test(arguments: [40, 600, 5_000, 20_000])
    func `a file that was cut short is refused`(length: Int) throws {
        let store = try UserStore(at: .file(folder.file()))
        for number in 0..<100 { try store.create("\(number)") }
        store.close()
        let whole = try Data(contentsOf: URL(fileURLWithPath: folder.file()))
        try #require(whole.count > 20_000)
        try whole.prefix(length).write(to: URL(fileURLWithPath: folder.file()))
        let kind = try #require(failure(folder.file())?.kind)
        #expect(kind == .corrupt || kind == .notADatabase)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file())).count == length)
    }

    @Test func `an empty file becomes a store`() throws {
        try Data().write(to: URL(fileURLWithPath: folder.file()))
        try UserStore(at: .file(folder.file())).create("a")
    }

    @Test func `a new file carries our mark and the schema's version`() throws {
        try UserStore(at: .file(folder.file())).close()
        var database = try Database(path: folder.file(), busyTimeout: 0)
        #expect(try database.integer("PRAGMA application_id") == 0x556E_6472)
        #expect(try database.integer("PRAGMA user_version") == 4)
        #expect(try database.text("PRAGMA integrity_check") == "ok")
        #expect(try database.text("PRAGMA journal_mode") == "wal")
    }

    @Test func `a store in memory has no file and is alone`() throws {
        let first = try UserStore(at: .memory)
        let second = try UserStore(at: .memory)
        try first.create("a")
        try second.create("a")
        #expect(first.status().file == ":memory:")
    }
}

extension Database {
    /// Runs statements on a file, and closes it.
    static func run(_ path: String, _ sql: String) throws {
        var database = try Database(path: path, busyTimeout: 0)
        try database.execute(sql)
    }
}
