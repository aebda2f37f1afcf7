import Foundation

/// Texts as zlib packed them, each in one of the ways that DEFLATE has.
enum Packed {
    /// What most of them hold.
    static let text = Array(#"{"id":"packed","name":"Ada"}"#.utf8)
    /// What ``dynamic`` holds.
    static let long = (0..<60).flatMap { Array(#"{"name":"Ada \#($0)","email":"a\#($0 * $0)@example.com"},"#.utf8) }
    /// One block as it is.
    static let stored = bytes("H4sIAAAAAAAAAwEcAOP/eyJpZCI6InBhY2tlZCIsIm5hbWUiOiJBZGEifVP054gcAAAA")
    /// The fixed codes.
    static let fixed = bytes("H4sIAAAAAAAAA6tWykxRslIqSEzOTk1R0lHKS8xNBfIdUxKVagFT9OeIHAAAAA==")
    /// Codes of its own.
    static let dynamic = bytes(
        """
        H4sIAAAAAAAAA4WWzUrEQBCEX0VyXmT6Z2YynvRRguYgbNSjsPjuepxa4csxUHQ69XVX57Z8bMe+PC0vb9tDWS7Lfmzv17/nrTzv\
        39vxdd0fXz+P5edym5U2K42UPiuTlDErBylT3t5IWmepV5K2WRpYtctHYa/rLG1owJilK7pqgsoKw1JazpUFmCV2bKEk0AlTbAMd\
        NgXH5KwpZa4s8HzlngVfOLsxdIJ4L4RgMkEXgplcWVduxZ5dCFZHN1wI1o4+uxBsTNCFYDupLAT7Sc9CsJ+4oSvIPocQHEwwhODg\
        2QjdwcJjF7qEhSc6dAuNlyWqRgdTjKZqXvEQjBacHrHe5RJ7IiCtcualpmljlKlx2jipU1l2PgGpLFe+LXmXqHy0UiO1MMvUTDU+\
        s6mh6oX7FpYehT0Rlp4F/a5FbwGzrMLS20ltYemd+66hh4Y9qcLSx8lvjbCME5ZVf22M56T2u5vHfeuFDJ7vqicy/+3OLyejpZuQ\
        CgAA
        """)
    /// With each optional field of the header, checksum included.
    static let everyField = bytes(
        "H4sIHwAAAAAAAwMAYWJjbmFtZQBjb21tZW50AHfhq1bKTFGyUipITM5OTVHSUcpLzE0F8h1TEpVqAVP054gcAAAA")
    /// Three members, the second empty.
    static let members = bytes(
        """
        H4sIAAAAAAAAA6tWykxRslIqSEwGAKEOG6YKAAAAH4sIAAAAAAAAAwMAAAAAAAAAAAAfiwgAAAAAAAADy05NUdJRykvMTVWyUnJM\
        SVSqBQBh6/iNEgAAAA==
        """)
    /// Three hundred times the letter a: a copy of what it writes itself.
    static let overlapping = bytes("H4sIAAAAAAAAA0tMHAXEAgAJGZeJLAEAAA==")

    private static func bytes(_ base64: String) -> [UInt8] {
        Array(Data(base64Encoded: base64) ?? Data())
    }
}
