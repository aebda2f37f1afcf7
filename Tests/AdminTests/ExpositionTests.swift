import Testing

@testable import Admin

struct ExpositionTests {
    @Test func `buckets add up, a bound belongs to its bucket, and the last holds all`() {
        var histogram = Histogram(bounds: [1, 10])
        for value: Int64 in [0, 1, 2, 10, 11] { histogram.observe(value) }
        var text = Exposition()
        text.histogram("m", histogram, [("a", "b")])
        #expect(
            text.text == """
                m_bucket{a="b",le="1"} 2
                m_bucket{a="b",le="10"} 4
                m_bucket{a="b",le="+Inf"} 5
                m_sum{a="b"} 24
                m_count{a="b"} 5

                """)
    }

    @Test func `durations are shown in seconds`() {
        var histogram = Histogram.durations
        histogram.observe(1_500_000)
        var text = Exposition()
        text.histogram("m", histogram, in: .nanoseconds)
        #expect(text.text.hasPrefix("m_bucket{le=\"0.0001\"} 0\n"))
        #expect(text.text.contains("m_bucket{le=\"0.001\"} 0\nm_bucket{le=\"0.0025\"} 1\n"))
        #expect(text.text.contains("m_bucket{le=\"2.5\"} 1\nm_bucket{le=\"+Inf\"} 1\nm_sum 0.0015\nm_count 1\n"))
    }

    @Test func `labels and help texts cannot break out of their line`() {
        var text = Exposition()
        text.single("m", .gauge, "a\\b\nc", "1")
        text.sample("m", "2", [("l", "\"\\\n")])
        #expect(text.text == "# HELP m a\\\\b\\nc\n# TYPE m gauge\nm 1\nm{l=\"\\\"\\\\\\n\"} 2\n")
    }
}
