extension Refusal {
    /// RFC 9112 5: a field line has a colon.
    package static var fieldColon: Refusal { bad("A field line has no colon.") }
    /// RFC 9112 5.1: no name before the colon.
    package static var fieldNameEmpty: Refusal { bad("A field line has no name before its colon.") }
    /// RFC 9112 5.1: white space between name and colon has been used to smuggle fields past a proxy.
    package static var fieldNameSpace: Refusal { bad("A field name is followed by white space before its colon.") }
    /// RFC 9110 5.1, 5.6.2: a field name is a token.
    package static var fieldName: Refusal { bad("A field name has a character that no token may have.") }
    /// RFC 9110 5.5: a value has no CR, NUL or other control bytes but tabs.
    package static var fieldValue: Refusal { bad("A field value has a control character.") }
    /// RFC 9112 5.2, 2.2: a line that starts with white space would continue the one before it.
    package static var folding: Refusal { bad("A field line starts with white space; folded lines are not accepted.") }
    /// RFC 6585 5: `Limits.fieldLine`.
    package static var fieldLineTooLong: Refusal { Refusal(.requestHeaderFieldsTooLarge, "A field line is too long.") }
    /// RFC 6585 5: `Limits.fieldSection`.
    package static var fieldsTooLong: Refusal {
        Refusal(.requestHeaderFieldsTooLarge, "The field lines are too long together.")
    }
    /// RFC 6585 5: `Limits.fieldCount`.
    package static var tooManyFields: Refusal {
        Refusal(.requestHeaderFieldsTooLarge, "There are too many field lines.")
    }
    /// RFC 9110 5.3, RFC 9112 3.2: a field that is no list was sent twice, be the values equal.
    package static func repeated(_ name: String) -> Refusal { bad("The \(name) field may be sent only once.") }
    /// RFC 9110 10.1.1: an expectation other than `100-continue`.
    package static var expectation: Refusal {
        Refusal(.expectationFailed, "The only expectation that this server knows is 100-continue.")
    }
}

// MARK: - Content

extension Refusal {
    /// RFC 9110 8.6: digits and nothing else; no list, even of equal members.
    package static var contentLength: Refusal { bad("The Content-Length field is not a decimal number.") }
    /// RFC 9110 8.6: a number past 2^63 - 1.
    package static var contentLengthOverflow: Refusal { bad("The Content-Length field is too large a number.") }
    /// RFC 9112 6.3 point 3: both framings make a message that two readers may end at different places.
    package static var twoFramings: Refusal { bad("Content-Length and Transfer-Encoding may not be sent together.") }
    /// RFC 9112 6.1: HTTP/1.0 has no transfer codings.
    package static var transferEncodingInHTTP10: Refusal { bad("An HTTP/1.0 request may not have Transfer-Encoding.") }
    /// RFC 9112 6.1, 7: not a list of coding names.
    package static var transferEncoding: Refusal {
        bad("The Transfer-Encoding field is not a list of transfer codings.")
    }
    /// RFC 9112 6.1, 6.3: chunked comes once, and last.
    package static var chunkedNotLast: Refusal {
        bad("The chunked transfer coding must be applied once, as the last one.")
    }
    /// RFC 9112 6.1: a coding that is not implemented.
    package static var transferCoding: Refusal {
        Refusal(.notImplemented, "The only transfer coding that this server knows is chunked.")
    }
}

// MARK: - Chunks

extension Refusal {
    /// RFC 9112 7.1: a chunk size is hexadecimal digits, extensions after a semicolon, and CR LF.
    package static var chunkSize: Refusal { bad("A chunk size is not a hexadecimal number.") }
    /// RFC 9112 7.1: a size past 2^63 - 1.
    package static var chunkSizeOverflow: Refusal { bad("A chunk size is too large a number.") }
    /// RFC 9112 7.1.1: `;`, a token, and perhaps `=` with a token or a quoted string.
    package static var chunkExtension: Refusal { bad("A chunk extension is malformed.") }
    /// RFC 9112 7.1.1: `Limits.chunkLine` or `Limits.chunkExtensions`.
    package static var chunkExtensionTooLong: Refusal { bad("The chunk sizes and extensions are too long.") }
    /// RFC 9112 7.1: CR LF and nothing else after the data of a chunk.
    package static var chunkEnd: Refusal { bad("The data of a chunk is not followed by CR LF.") }
}
