import Testing

@testable import UserStore

struct SipHashTests {
    /// From `vectors_sip128` of the reference implementation: key 00…0f, message 00, 01, 02, … of the given length.
    static let published: [(length: Int, hash: String)] = [
        (0, "A3817F04BA25A8E66DF67214C7550293"), (1, "DA87C1D86B99AF44347659119B22FC45"),
        (2, "8177228DA4A45DC7FCA38BDEF60AFFE4"), (7, "A1F1EBBED8DBC153C0B84AA61FF08239"),
        (8, "3B62A9BA6258F5610F83E264F31497B4"), (15, "5493E99933B0A8117E08EC0F97CFC3D9"),
        (16, "6EE2A4CA67B054BBFD3315BF85230577"), (63, "5150D1772F50834A503E069A973FBD7C"),
    ]

    @Test(arguments: published) func `it agrees with the published vectors`(length: Int, hash: String) {
        var sip = SipHash128(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
        let message = (0..<length).map { UInt8($0) }
        if let first = message.first { sip.append(first) }
        sip.append(Array(message.dropFirst()).span)
        let words = sip.finalize()
        let bytes = [words.0, words.1].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
        let text = bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
        #expect(text.joined() == hash)
    }
}
