import Glibc
import HTTPServer

/// What the system says about this process, under the names that Prometheus' own clients use
/// (https://prometheus.io/docs/instrumenting/writing_clientlibs/#process-metrics).
enum ProcessFigures {
    static func write(to text: inout Exposition) {
        text.single(
            "process_cpu_seconds_total", .counter, "Seconds of processor time, of user and system together.",
            "\(Double(SystemClock.processor) / 1e9)")
        if let bytes = residentBytes {
            text.single("process_resident_memory_bytes", .gauge, "Bytes of memory in use.", String(bytes))
        }
        if let files = openFiles {
            text.single("process_open_fds", .gauge, "Files and sockets that are open.", String(files))
        }
        text.single(
            "process_max_fds", .gauge, "Files and sockets that may be open.", String(DescriptorLimit.current))
    }

    /// The second number of `/proc/self/statm`, which counts pages (proc(5)).
    private static var residentBytes: Int? {
        let numbers = SystemFile.text("/proc/self/statm").split(separator: " ")
        return numbers.dropFirst().first.flatMap { Int($0) }.map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
    }

    /// The size of `/proc/self/fd`, which says how many there are since Linux 6.2; before, and where it says nothing,
    /// nil: counting ten thousand entries would hold up the loop.
    private static var openFiles: Int? {
        var status = stat()
        guard unsafe stat("/proc/self/fd", &status) == 0, status.st_size > 0 else { return nil }
        return Int(status.st_size)
    }
}
