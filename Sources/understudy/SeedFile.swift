import Admin
import Glibc
import VendorKit

/// A file of users to begin with.
struct SeedFile {
    /// The file that `serve` takes when none is named and this one is in the current folder.
    static let standard = "understudy.json"

    /// The name of the file, as it was given.
    let name: String

    /// The file that was named, or else the usual one, if it is there.
    static func chosen(_ name: String?) -> SeedFile? {
        if let name { return SeedFile(name: name) }
        return unsafe access(standard, F_OK) == 0 ? SeedFile(name: standard) : nil
    }

    /// Most bytes of a file.
    static let maximumSize = 16 * 1_048_576

    /// Reads the seed and checks its shape.
    ///
    /// - Throws: what is wrong, each with the file's name.
    func read(for vendors: [any Vendor]) throws(SeedFileError) -> Seed {
        let bytes = try bytes()
        do throws(SeedError) {
            return try Seed(bytes, for: vendors)
        } catch {
            throw named(error)
        }
    }

    /// What was done with the seed, for a person.
    func words(for outcome: Seed.Outcome) -> String {
        var parts: [String] = []
        if !outcome.filled.isEmpty {
            let created = outcome.created.map { Self.counted($0.count, $0.kind) }
            let what = created.isEmpty ? "nothing" : created.joined(separator: ", ")
            parts.append("\(what) in \(Self.list(outcome.filled))")
        }
        if !outcome.left.isEmpty { parts.append("left as it is, because it holds users: \(Self.list(outcome.left))") }
        return "seed \(name): " + (parts.isEmpty ? "nothing" : parts.joined(separator: "; "))
    }

    private static func counted(_ count: Int, _ kind: String) -> String {
        let one = kind.hasSuffix("xes") ? kind.dropLast(2) : kind.dropLast()
        return "\(count) \(count == 1 ? String(one) : kind)"
    }

    private static func list(_ names: [String]) -> String {
        names.prefix(10).joined(separator: ", ") + (names.count > 10 ? " and \(names.count - 10) more" : "")
    }

    /// The command `validate FILE`: tells everything that is wrong with a seed.
    ///
    /// - Returns: the exit code: 0 when nothing is.
    static func validate(_ arguments: [String], _ environment: Environment) throws(UsageError) -> Int32 {
        guard let name = arguments.first, !name.hasPrefix("-") else {
            throw UsageError("'validate' needs the file of a seed: understudy validate \(standard)")
        }
        let arguments = try Arguments(
            Array(arguments.dropFirst()), flags: Command.validate.flags, environment: environment)
        let vendors = Vendors.standard(try arguments.choice("sensay-schema"))
        do throws(SeedFileError) {
            let (users, sandboxes) = try SeedFile(name: name).check(for: vendors)
            Output.standard.write("\(name): \(counted(users, "users")) in \(counted(sandboxes, "sandboxes")), valid\n")
            return 0
        } catch {
            for problem in error.problems { Output.error.write("understudy: \(problem)\n") }
            return 1
        }
    }

    private func check(for vendors: [any Vendor]) throws(SeedFileError) -> (users: Int, sandboxes: Int) {
        let bytes = try bytes()
        do throws(SeedError) {
            return try Seed.check(bytes, for: vendors)
        } catch {
            throw named(error)
        }
    }

    private func bytes() throws(SeedFileError) -> [UInt8] {
        do throws(FileError) {
            return try File.read(name, atMost: Self.maximumSize)
        } catch {
            throw SeedFileError(problems: ["\(name): \(error.message)"])
        }
    }

    /// What is wrong with the seed, with the file's name.
    func named(_ error: SeedError) -> SeedFileError {
        SeedFileError(problems: error.problems.map { "\(name): \($0)" })
    }
}

/// What is wrong with a seed's file, each with its name and the place in it.
struct SeedFileError: Error {
    let problems: [String]
}
