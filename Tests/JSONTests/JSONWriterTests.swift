import JSON
import Testing

@Suite struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(reserving: 0)
        body(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test("Members come out in the order of the calls, with commas only between them")
    func members() {
        let none: String? = nil
        let some: String? = "x"
        let result = written {
            $0.beginObject()
            $0.member("s", "a")
            $0.member("none", none)
            $0.member("some", some)
            $0.member("i", -12)
            $0.member("l", Int64.min)
            $0.member("b", true)
            $0.member("v", .array([.null, .boolean(false)]))
            $0.name("empty")
            $0.beginObject()
            $0.endObject()
            $0.name("list")
            $0.beginArray()
            $0.beginArray()
            $0.endArray()
            $0.integer(0)
            $0.null()
            $0.beginObject()
            $0.member("k", Int.max)
            $0.endObject()
            $0.string(none)
            $0.endArray()
            $0.name("raw")
            $0.rawJSON(Array("{\"r\":1}".utf8))
            $0.name("text")
            $0.rawJSON("[1.50]")
            $0.name(String("q\"é"))
            $0.boolean(false)
            $0.endObject()
        }
        #expect(
            result == #"{"s":"a","none":null,"some":"x","i":-12,"l":-9223372036854775808,"b":true,"v":[null,false],"#
                + #""empty":{},"list":[[],0,null,{"k":9223372036854775807},null],"raw":{"r":1},"text":[1.50],"q\"é":false}"#
        )
    }

    @Test("Only quote, backslash and control characters are escaped")
    func escapes() {
        let controls = String(String.UnicodeScalarView((0..<0x20).map { Unicode.Scalar(UInt8($0)) }))
        #expect(
            written { $0.string(controls) }
                == #""\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"#
                + #"\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f""#)
        #expect(written { $0.string("a\"b\\c/d\u{7F}é語😀\u{2028}<&>'") } == "\"a\\\"b\\\\c/d\u{7F}é語😀\u{2028}<&>'\"")
    }

    @Test("Strings of every length keep their bytes, with an escape anywhere", arguments: 0..<40)
    func lengths(count: Int) {
        for position in 0...count {
            let before = String(repeating: "a", count: position)
            let after = String(repeating: "é", count: count - position)
            #expect(written { $0.string(before + "\n" + after) } == "\"\(before)\\n\(after)\"")
        }
    }

    @Test("A substring's string and a string that grew are written like any other")
    func foreignStrings() {
        var grown = "é"
        for _ in 0..<20 { grown += "\t" }
        #expect(written { $0.string(grown) } == "\"é" + String(repeating: "\\t", count: 20) + "\"")
        #expect(written { $0.string(String("hello, world"[...].dropFirst(7))) } == "\"world\"")
    }

    @Test("Integers are written digit for digit", arguments: [0, 7, -7, 10, 99, 100, -1000, .max, .min, 1_234_567_890])
    func integers(value: Int) {
        #expect(written { $0.integer(value) } == String(value))
        #expect(written { $0.integer(Int64(value)) } == String(value))
    }
}
