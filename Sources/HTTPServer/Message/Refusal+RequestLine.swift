extension Refusal {
    /// RFC 9112 2.1: a message starts with a method, and no method starts with this byte.
    package static var notHTTP: Refusal { bad("The first byte is no HTTP: a request starts with a method.") }
    /// RFC 8446 5.1: 0x16 opens a TLS handshake, which this port does not speak.
    package static var tlsHandshake: Refusal {
        bad("This is a TLS handshake, but the port speaks plain HTTP: use http://.")
    }
    /// RFC 9112 2.2: one empty line before a request is ignored, a second one is not.
    package static var emptyLines: Refusal { bad("More than one empty line precedes the request.") }
    /// RFC 9112 2.2: lines end with CR LF; a bare LF is refused wherever it stands, so that no two readers disagree.
    package static var bareLineFeed: Refusal { bad("A line ends with LF alone; lines end with CR LF.") }
    /// RFC 9112 2.2: a CR that no LF follows never ends a line.
    package static var bareCarriageReturn: Refusal { bad("A CR is not followed by LF.") }

    /// RFC 9112 3.1, RFC 9110 5.6.2: a method is a token.
    package static var method: Refusal { bad("The method has a character that no token may have.") }
    /// RFC 9112 3: a method longer than any that is known.
    package static var methodTooLong: Refusal {
        Refusal(.notImplemented, "The method is longer than a request line may be.")
    }
    /// RFC 9112 3: the request line is longer than `Limits.requestLine`.
    package static var targetTooLong: Refusal { Refusal(.uriTooLong, "The request line is too long.") }
    /// RFC 9112 3: method, target and version are parted by one space each; HTTP/0.9 had no version.
    package static var requestLine: Refusal {
        bad("The request line is not a method, a target and a version with single spaces between them.")
    }
    /// RFC 9112 2.3: `HTTP/`, a digit, a dot, a digit, in upper case.
    package static var version: Refusal { bad("The version of the request line is not HTTP/1.1 or HTTP/1.0.") }
    /// RFC 9110 15.6.6: another major version.
    package static var versionNotSupported: Refusal {
        Refusal(.httpVersionNotSupported, "This server speaks HTTP/1.1 and HTTP/1.0 only.")
    }
}

// MARK: - Target

extension Refusal {
    /// RFC 9112 3.2: none of the four forms; authority-form is for CONNECT only.
    package static var targetForm: Refusal {
        bad("The request target is neither a path that starts with / nor an http URI.")
    }
    /// RFC 9112 3.2: white space, control bytes, bytes past ASCII and delimiters that a URI must escape.
    package static var targetCharacter: Refusal {
        bad("The request target has a character that must be percent-encoded.")
    }
    /// RFC 9112 3.2.1, 3.2.2: a target has no fragment.
    package static var fragment: Refusal { bad("The request target has a fragment, which is the client's to keep.") }
    /// RFC 3986 2.1: `%` and two hexadecimal digits.
    package static var percentEscape: Refusal {
        bad("A percent sign in the request target is not followed by two hexadecimal digits.")
    }
    /// RFC 9112 3.2.4: the asterisk is for OPTIONS only.
    package static var asterisk: Refusal { bad("Only OPTIONS may have * as its target.") }
    /// RFC 9110 9.3.6: CONNECT asks for a tunnel to a host and a port.
    package static var connectTarget: Refusal { bad("The target of CONNECT is not a host and a port.") }
    /// RFC 9110 9.3.6: this server opens no tunnels.
    package static var connect: Refusal { Refusal(.notImplemented, "This server is no proxy: it opens no tunnels.") }
    /// RFC 9110 7.4: an https resource may be served only over a secured connection.
    package static var securedScheme: Refusal {
        Refusal(.misdirectedRequest, "The target is an https URI, but this connection is not secured.")
    }
}

// MARK: - Host

extension Refusal {
    /// RFC 9112 3.2: an HTTP/1.1 request without Host.
    package static var hostMissing: Refusal { bad("The Host field is missing.") }
    /// RFC 9112 3.2: Host or authority is not `uri-host [":" port]`; RFC 9110 4.2.4 has no room for userinfo.
    package static var host: Refusal {
        bad("The Host field or the authority of the target is not a host with an optional port.")
    }
    /// RFC 9110 4.2.1: an http URI has a host.
    package static var hostEmpty: Refusal { bad("The Host field or the authority of the target names no host.") }
    /// RFC 3986 3.2.3: a port is digits; ours also fit in 16 bits.
    package static var port: Refusal { bad("The port in the Host field or the target is not a number up to 65535.") }
}
