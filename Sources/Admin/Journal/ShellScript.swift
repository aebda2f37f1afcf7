import HTTPServer
import VendorKit

/// Exchanges as a script that sends the same requests again.
enum ShellScript {
    static func text(_ exchanges: [Exchange]) -> String {
        var script = """
            #!/usr/bin/env bash
            # What clients sent, to be sent again. Credentials are hidden: set them in the environment, as those that open
            # the sandbox default.
            set -euo pipefail
            URL=${UNDERSTUDY_URL:-http://127.0.0.1:8080}

            """
        for exchange in exchanges {
            let request = exchange.request
            script += "\n# \(exchange.id): \(exchange.response.status.code)\n"
            script += "curl -gsS -i -X \(request.method.name.shellWord)"
            request.fields.forEach { name, value in
                guard !["host", "content-length", "connection"].contains(name.lowercased()) else { return }
                script += " \\\n  -H \(field(name, value, of: exchange))"
            }
            if !exchange.requestBody.isEmpty {
                if !request.fields.contains(.contentType) { script += " \\\n  -H 'Content-Type:'" }
                // Not --data-binary, which takes a body that begins with @ for the name of a file.
                script += " \\\n  --data-raw \(String(decoding: exchange.requestBody, as: UTF8.self).shellWord)"
            }
            script += " \\\n  \"$URL\"\(request.target.raw.shellWord)\necho\n"
        }
        return script
    }

    /// A field's line; the secret in it is a variable of the vendor's, behind which the sandbox stands.
    private static func field(_ name: String, _ value: String, of exchange: Exchange) -> String {
        let shown = Redaction.value(value, of: name)
        guard shown != value else { return "\(name): \(value)".shellWord }
        let scheme = shown.substituting(Redaction.mark, with: "")
        let variable = "\(exchange.vendor ?? "")_\(name)".uppercased().substituting("-", with: "_")
        let sandbox = exchange.sandbox.map { $0 == SandboxKey.defaultSandbox ? "" : ".\($0)" } ?? ""
        return "\(name): \(scheme)".shellWord + "\"${\(variable):?}\(sandbox)\""
    }
}
