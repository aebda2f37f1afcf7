import Glibc
import JSON
import VendorKit

/// The one line on stdout that says where the server listens; scripts outside the project rely on its form.
struct ReadyLine {
    /// The bound address.
    let host: String
    /// The bound port.
    let port: Int

    /// The base URL.
    var url: String {
        "http://\(host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host):\(port)"
    }

    /// The URL under which somebody on this machine reaches it, for it may listen on every interface.
    var clientURL: String {
        switch host {
        case "0.0.0.0": "http://127.0.0.1:\(port)"
        case "::", "[::]": "http://[::1]:\(port)"
        case let host where host.hasPrefix("["): "http://\(host):\(port)"
        default: url
        }
    }

    var text: String { "Understudy is listening on \(url)\n" }

    var json: String {
        var json = JSONWriter(reserving: 256)
        json.beginObject()
        json.member("url", url)
        json.member("host", host)
        json.member("port", port)
        json.member("pid", Int(getpid()))
        json.member("health", url + "/healthz")
        json.endObject()
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }
}

/// What a person wants to know at the start, on stderr.
enum Banner {
    static func text(_ vendors: [any Vendor], _ ready: ReadyLine, store: String) -> String {
        var text = "understudy \(Version.current), store \(store)\n"
        for vendor in vendors {
            text += "  \(ready.url)/\(vendor.name)  \(vendor.credentialHint)\n"
        }
        return text + "  Append .NAME to a credential to open the sandbox NAME.\n"
    }

    /// The same as one JSON object, for a log that has nothing else.
    static func json(_ vendors: [any Vendor], _ ready: ReadyLine, store: String, time: Int64) -> [UInt8] {
        var json = JSONWriter(reserving: 512)
        json.beginObject()
        json.member("time", Timestamp.text(time))
        json.member("version", Version.current)
        json.member("store", store)
        json.name("vendors")
        json.beginArray()
        for vendor in vendors {
            json.beginObject()
            json.member("vendor", vendor.name)
            json.member("url", "\(ready.url)/\(vendor.name)")
            json.member("credential", vendor.credentialHint)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        return json.bytes
    }
}

/// The file that tells the port to a script: it appears whole, by renaming, and only once connections are taken.
enum PortFile {
    /// - Returns: what went wrong, or nil.
    static func write(_ port: Int, to path: String) -> String? {
        do throws(FileError) {
            try File.write(Array("\(port)\n".utf8), to: path)
            return nil
        } catch {
            return "the port file '\(path)' \(error.message)"
        }
    }

    /// Removes the file, unless a server that was started since has put its own port there.
    static func remove(_ path: String, of port: Int) {
        guard let file = unsafe fopen(path, "r") else { return }
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        unsafe fclose(file)
        if bytes[..<count].elementsEqual("\(port)\n".utf8) { unsafe unlink(path) }
    }
}
