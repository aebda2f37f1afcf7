import JSON
import VendorKit

/// The words of `invalid_input`: zod's texts, as seamapi/nextlove puts them together. (Evidence: vendor.)
enum InvalidInput {
    /// The sentence: one problem alone, or `N Input Errors: a, b, c`, in the order of the schema.
    static func message(_ problems: [FieldProblem]) -> String {
        let texts = problems.map { problem in
            if problem.path.isEmpty { return text(problem.fault) }
            if problem.fault == .missing { return "\(problem.dottedPath) is required" }
            return "\(text(problem.fault)) for \"\(problem.dottedPath)\""
        }
        return texts.count == 1 ? texts[0] : "\(texts.count) Input Errors: \(texts.joined(separator: ", "))"
    }

    /// Writes `validation_errors`: the texts at each place, nested as the body is.
    static func write(_ problems: [FieldProblem], to json: inout JSONWriter) {
        json.name("validation_errors")
        write(problems[...], below: 0, to: &json)
    }

    /// Writes the problems of one place and of all below it.
    ///
    /// Those that share a step stand side by side, because they were found in the order of the schema: each run
    /// is looked at once, and an array of half a million bad elements takes no longer than its length.
    private static func write(_ problems: ArraySlice<FieldProblem>, below depth: Int, to json: inout JSONWriter) {
        json.beginObject()
        json.name("_errors")
        json.beginArray()
        for problem in problems where problem.path.count == depth { json.string(text(problem.fault)) }
        json.endArray()
        var rest = problems.drop { $0.path.count == depth }
        while let step = rest.first?.path[depth] {
            let run = rest.prefix { $0.path.count > depth && $0.path[depth] == step }
            json.name(step.text)
            write(run, below: depth + 1, to: &json)
            rest = rest[run.endIndex...].drop { $0.path.count == depth }
        }
        json.endObject()
    }

    /// Zod 3's text for a fault.
    private static func text(_ fault: FieldFault) -> String {
        switch fault {
        case .missing: "Required"
        case .wrongType(let expected, let received): "Expected \(expected), received \(received)"
        case .tooShort(let minimum): "String must contain at least \(minimum) character(s)"
        case .notAnEmail: "Invalid email"
        case .notAPhone: "Phone number must be in E.164 format: +14155552671"
        case .notAUUID: "Invalid uuid"
        case .notOneOf(let values, let received):
            "Invalid enum value. Expected \(values.map { "'\($0)'" }.joined(separator: " | ")), received '\(received)'"
        case .unknownMember: "Unrecognized key"
        case .mustEqual(let value): "Invalid literal value, expected \(value)"
        case .breaks(let words): words
        case .blank, .unknownReference, .tooLong, .malformed: "Invalid input"
        }
    }
}
