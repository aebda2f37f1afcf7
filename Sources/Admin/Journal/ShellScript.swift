import HTTPServer
import VendorKit

/// Exchanges as a script that sends the same requests again.
enum ShellScript {
    static func text(_ exchanges: [Exchange]) -> String {
        var script = """
            #!/usr/bin/env bash
            # What clients sent, to be sent again. Credentials are hidden: set them in the environment.
            set -euo pipefail
            URL=${UNDERSTUDY_URL:-http://127.0.0.1:8080}

            """
        for exchange in exchanges {
            let request = exchange.request
            script += "\n# \(exchange.id): \(exchange.response.status.code)\n"
            script += "curl -sS -i -X \(request.method.name)"
            var fields: [String] = []
            request.fields.forEach { name, value in
                guard !["host", "content-length", "connection"].contains(name.lowercased()) else { return }
                let shown = Redaction.value(value, of: name)
                fields.append(
                    shown == value
                        ? quoted("\(name): \(value)")
                        : "\"\(name): \(shown.substituting("[redacted]", with: "${\(variable(name)):?}"))\"")
            }
            for field in fields { script += " \\\n  -H \(field)" }
            if !exchange.requestBody.isEmpty {
                script += " \\\n  --data-binary \(quoted(String(decoding: exchange.requestBody, as: UTF8.self)))"
            }
            script += " \\\n  \"$URL\"\(quoted(request.target.raw))\necho\n"
        }
        return script
    }

    /// Text that no shell reads anything into.
    private static func quoted(_ text: String) -> String {
        "'\(text.substituting("'", with: "'\\''"))'"
    }

    private static func variable(_ field: String) -> String {
        field.uppercased().map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
    }
}
