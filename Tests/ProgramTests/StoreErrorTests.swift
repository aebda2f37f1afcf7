import Foundation
import Testing

@Suite("A store that cannot be opened")
struct StoreErrorTests {
    /// What the user is told of a file.
    private func refusal(_ file: String, in folder: ScratchFolder) throws -> String {
        let ended = try BuiltProgram.run(
            "serve", "--port", "0", "--db", file, "--port-file", folder.file("port"), in: folder)
        #expect(ended.code == 1)
        #expect(ended.output.isEmpty)
        #expect(folder.text("port") == nil)
        #expect(ended.errors.hasPrefix("understudy: \(file): "))
        #expect(ended.errors.hasSuffix("\n") && ended.errors.filter { $0 == "\n" }.count == 1)
        return String(ended.errors.dropFirst("understudy: \(file): ".count).dropLast())
    }

    @Test("a folder that does not exist, with the command that makes it")
    func noFolder() throws {
        let message = try refusal("none/store.sqlite", in: ScratchFolder())
        #expect(message == "there is no folder none; make it with: mkdir -p 'none'")
    }

    @Test("a folder in the place of the file")
    func folder() throws {
        let folder = try ScratchFolder()
        #expect(try refusal(folder.path, in: folder).hasPrefix("this is a folder; name a file in it"))
    }

    @Test("a path under a file")
    func underFile() throws {
        let folder = try ScratchFolder()
        try "text".write(toFile: folder.file("file"), atomically: true, encoding: .utf8)
        #expect(try refusal("file/store.sqlite", in: folder) == "file is not a folder; name another file with --db")
    }

    @Test("a file that is no database stays as it is")
    func noDatabase() throws {
        let folder = try ScratchFolder()
        let text = String(repeating: "This is a letter and no database. ", count: 100)
        try text.write(toFile: folder.file("letter.txt"), atomically: true, encoding: .utf8)
        let message = try refusal("letter.txt", in: folder)
        #expect(message == "this is not a database; name another file with --db, or move this one away")
        #expect(folder.text("letter.txt") == text)
    }

    @Test("a store that a newer version made stays as it is")
    func newer() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(in: folder, database: "store.sqlite")
        #expect(try server.ask(.pulse).status == 201)
        #expect(server.stop() == 0)
        // The schema's version stands at byte 60, the most significant byte first (sqlite.org/fileformat2.html).
        let path = folder.file("store.sqlite")
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes.replaceSubrange(60..<64, with: [0, 0, 0x27, 0x0F])
        try bytes.write(to: URL(fileURLWithPath: path))
        let message = try refusal("store.sqlite", in: folder)
        #expect(message.hasPrefix("a newer version made this file (schema 9999, known here up to "))
        #expect(message.hasSuffix("use that version, or name another file with --db"))
        #expect(FileManager.default.contents(atPath: path) == bytes)
    }

    @Test("a database of another program stays as it is")
    func foreign() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(in: folder, database: "store.sqlite")
        #expect(server.stop() == 0)
        // The application's id stands at byte 68.
        let path = folder.file("store.sqlite")
        var bytes = try #require(FileManager.default.contents(atPath: path))
        bytes.replaceSubrange(68..<72, with: [1, 2, 3, 4])
        try bytes.write(to: URL(fileURLWithPath: path))
        let message = try refusal("store.sqlite", in: folder)
        #expect(message == "this database belongs to another program; name another file with --db")
        #expect(FileManager.default.contents(atPath: path) == bytes)
    }

    @Test("a store that was cut short")
    func cutShort() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(in: folder, database: "store.sqlite")
        for number in 0..<50 { #expect(try server.ask(.pulse, number).status == 201) }
        #expect(server.stop() == 0)
        let path = folder.file("store.sqlite")
        let bytes = try #require(FileManager.default.contents(atPath: path))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: path))
        #expect(try refusal("store.sqlite", in: folder).contains("restore a copy, or move it away to start anew"))
    }

    @Test("a file without permission", .enabled(if: getuid() != 0, "root may do everything"))
    func permission() throws {
        let folder = try ScratchFolder()
        let server = try RunningServer(in: folder, database: "store.sqlite")
        #expect(server.stop() == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: folder.file("store.sqlite"))
        #expect(try refusal("store.sqlite", in: folder).contains("permissions"))
    }

    @Test("no room, be it for the log or for what is shared beside it", arguments: [8, 40])
    func noRoom(_ blocks: Int) throws {
        let folder = try ScratchFolder()
        let refused = #expect(throws: NotServing.self) {
            try RunningServer(in: folder, database: "store.sqlite", shell: "ulimit -f \(blocks)")
        }
        #expect(refused?.errors.hasPrefix("understudy: store.sqlite: no room left to write") == true)
    }

    @Test(
        "two names that could be options are files like any other",
        arguments: ["a b.sqlite", "ünï.sqlite", "-x.sqlite"])
    func oddNames(_ name: String) throws {
        let server = try RunningServer(database: name)
        #expect(try server.ask(.pulse).status == 201)
        #expect(server.stop() == 0)
        #expect(server.folder.names.contains(name))
    }
}
