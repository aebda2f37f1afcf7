package import HTTPServer
package import UserStore

/// Whoever a vendor admitted: at least the sandbox that the credential opened.
package protocol Caller: Sendable {
    /// The sandbox's name.
    var sandbox: String { get }
}

/// One method and path of a vendor, with what it does.
///
/// The order of its checks is the same everywhere, and stands here: who calls and by which header fields, the
/// length of the body, its media type, and only then the operation itself with JSON, fields and conflicts. (Evidence:
/// vendor, Sensay's captured answers for 404 before 401 before 400, seamapi/nextlove for the credential before media type
/// and fields; that path and method come first at every vendor is ours, and nextlove has the credential before the method.)
package struct Operation: Sendable {
    /// The method.
    package let method: Method
    /// The vendor's path; a segment in braces is a parameter: `/users/{email}`.
    package let path: String
    /// The path's segments.
    let pattern: [Segment]
    private let check: @Sendable (inout Call, inout Batch) throws(Problem) -> Void
    private let work: @Sendable (inout Call, Admission, inout Batch) throws(Problem) -> Response
    /// What happens between admission and everything else.
    typealias Admission = (inout Call) throws(Problem) -> Void

    /// Describes an operation.
    ///
    /// - Parameters:
    ///   - codings: how its bodies may be packed.
    ///   - admit: looks at the header alone and says who calls, or refuses; the body may not have come yet.
    ///   - run: does the work for the admitted caller; it may note in the call why it answered as it did.
    package init<Admitted: Caller>(
        _ method: Method, _ path: String, codings: [ContentCoding] = [],
        admit: @escaping @Sendable (Call, inout Batch) throws(Problem) -> Admitted,
        run: @escaping @Sendable (inout Call, Admitted, inout Batch) throws(Problem) -> Response
    ) {
        self.method = method
        self.path = path
        pattern = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { Segment(String($0)) }
        check = { call, batch throws(Problem) in
            call.codings = codings
            call.sandbox = try admit(call, &batch).sandbox
        }
        work = { call, admitted, batch throws(Problem) in
            call.codings = codings
            let caller = try admit(call, &batch)
            call.sandbox = caller.sandbox
            try admitted(&call)
            try call.checkBody()
            return try run(&call, caller, &batch)
        }
    }

    /// The name that people and journals use: `POST /v1/users`.
    package var name: String { "\(method.name) \(path)" }

    /// Answers a call, and notes in it which sandbox it was admitted to.
    ///
    /// - Parameter admitted: is called once that is known, and may refuse.
    func answer(
        _ call: inout Call, _ batch: inout Batch, admitted: Admission
    ) throws(Problem) -> Response {
        try work(&call, admitted, &batch)
    }

    /// Refuses what can be refused before the body has come.
    func checkHead(_ call: inout Call, _ batch: inout Batch) throws(Problem) {
        try check(&call, &batch)
        if case .tooLarge = call.request.body { try call.checkBody() }
        try call.checkMediaType()
    }

    /// One part of a path pattern.
    enum Segment: Equatable, Sendable {
        case literal(String)
        case parameter

        init(_ text: String) {
            self = text.hasPrefix("{") ? .parameter : .literal(text)
        }
    }

    /// The values of the parameters when a path, split at its slashes, fits the pattern; nil when it does not.
    func match(_ segments: [Substring]) -> [String]? {
        guard segments.count == pattern.count else { return nil }
        var parameters: [String] = []
        for (part, segment) in zip(pattern, segments) {
            switch part {
            case .literal(let text):
                guard text.utf8.elementsEqual(segment.utf8) else { return nil }
            case .parameter:
                guard !segment.isEmpty, let bytes = RequestTarget.percentDecoded(String(segment)),
                    let decoded = String(validating: bytes, as: UTF8.self)
                else { return nil }
                parameters.append(decoded)
            }
        }
        return parameters
    }

    /// Whether the path has no parameter.
    var isLiteral: Bool { !pattern.contains(.parameter) }
}
