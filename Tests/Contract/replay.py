#!/usr/bin/env python3
"""Proves that openapi/*.yaml and the running program say the same, by replaying every example of the files.

The files are plain OpenAPI 3.1; the few `x-` members below only say how an answer is provoked.

HOW AN EXAMPLE BECOMES A REQUEST
    Every response of every operation has named examples: `content.<type>.examples.NAME`, or `x-examples.NAME` on the
    response itself when it has no body. Names are unique within an operation. For response example NAME the request
    is built from
      - the parameters' `examples.NAME`, else their `examples.typical`, else nothing (optional parameters only);
      - the request body's `examples.NAME`, else its `examples.typical`, else no body;
      - the first server's path, the operation's path and method, and the credential below.
    Each example has a fresh sandbox of its own. Its credential is BASE.SANDBOX, put where the first security
    requirement's schemes say; BASE is `x-base` of the security scheme (a scheme without it is left to parameters and
    `x-headers`).

ON A RESPONSE EXAMPLE, OR ON THE OPERATION AS THE DEFAULT OF ITS EXAMPLES
    x-credential: none | wrong | TEXT   leave it out, send one that opens nothing, or send TEXT as the whole header
                                        value, in which {credential} stands for the right one
    x-headers: {NAME: VALUE}            set header fields; null removes one, a list sends one several times
    x-content-type: TEXT | null         another Content-Type than the request body's, or none
    x-method: GET   x-path: /other      another method or path than the operation's
    x-body: TEXT                        send this body, where the operation takes none
    x-body-size: 1048577                pad the JSON body with spaces to so many bytes
    x-after: [NAME, operationId.NAME]   examples to send first, in the same sandbox; each must have its own declared
                                        status. A value that those answers generate takes, wherever this request
                                        has it, the place of the one that their examples show
    x-while: NAME                       an example whose request goes first, in the same sandbox, and whose answer is held
                                        back by `Prefer: delay=…` until this example has its own
    x-same-as: NAME                     the body must be, byte for byte, the one that example answered in `x-after`
    x-replay: false                     cannot be provoked from outside; `x-replay-reason` must say why

ON A REQUEST EXAMPLE (of a body or a parameter)
    x-raw: TEXT                         send this instead of `value`, such as malformed JSON
    x-base64: BASE64                    send these bytes as the body instead of `value`, such as what is no UTF-8
    x-invalid: true                     breaks the schema on purpose; with it the example must not satisfy the schema,
                                        and without it must

WHAT IS COMPARED
    The status, exactly.
    The media type; with `x-content-type` on the response's media type object, the whole Content-Type.
    Header fields: each documented one must be there (unless `required: false`) and satisfy its schema; when it has an
    `examples.NAME`, it must be there and equal it. One that is neither documented nor HTTP's own must not be there.
    The body: it satisfies its schema and equals the example, order of members and digits of numbers included, except
    for values that the schema calls volatile: `format: uuid`, `format: date-time` or `x-volatile: true`
    (`x-volatile: false` takes it back). A volatile value must still be of the example's type. Where an example
    shows one volatile value twice, in the body, inside a longer text or as a header's `example`, the answer must too.
    And one that the request itself sent must come back as it was.

WHAT ELSE IS CHECKED
    Each file is valid OpenAPI; every operation has an operationId and a description; every status has an example;
    every example satisfies its schema; every request example is replayed; the first good answer of each operation is
    the same under every one of `servers` (the host goes into the Host field, the connection stays here). The operations
    of each vendor's file are those that `GET /__admin/routes` lists, OPTIONS aside, which is answered on every path.
    admin.yaml, the control plane's, has no part in the replay: control.py says what is checked of it.

Usage: replay.py --base http://127.0.0.1:PORT [--openapi FOLDER] [--only TEXT] [--verbose]
"""

import argparse
import base64
import contextlib
import http.client
import json
import re
import sys
import time
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import yaml

import control
from comparison import Answer, Comparison, Renaming, Request
from contract import Contract, Wrong
from routes import differences, endpoints, served
from values import leaves, parse_json, show


class Replay:
    """Sends examples to the program and compares what it answers."""

    def __init__(self, base):
        self.address = urlsplit(base)
        self.sandboxes = 0

    def run(self, example, server=None):
        """Replays one example in a fresh sandbox; returns what is wrong, as readable lines."""
        contract = example.operation.contract
        self.sandboxes += 1
        sandbox = re.sub(r"[^A-Za-z0-9_-]", "-", f"contract-{self.sandboxes}-{example.name}")[:64]
        carried, answers = Renaming(), {}
        for earlier in contract.predecessors(example):
            request, used = self.request(earlier, sandbox, carried, server)
            answer = self.send(request)
            if answer.status != earlier.status:
                return [
                    f"before it, {earlier.title} answered {answer.status}, not {earlier.status}:",
                    f"  {answer.body[:500]!r}",
                ]
            answers[earlier.name] = answers[f"{earlier.operation.id}.{earlier.name}"] = answer
            if earlier.media is not None:
                _, pairs = Comparison(earlier, request, used).settle(earlier.value, parse_json(answer.body))
                carried.pairs += pairs.pairs
        request, used = self.request(example, sandbox, carried, server)
        held = contract.meanwhile(example)
        with self.held(self.request(held, sandbox, carried, server)[0], sandbox) if held else contextlib.nullcontext():
            answer = self.send(request)
        problems = Comparison(example, request, used).problems(answer)
        model = example.settings.get("x-same-as")
        if model and answers[model].body != answer.body:
            problems += [
                f"the body is not byte for byte that of {model}:",
                f"- {answers[model].body!r}",
                f"+ {answer.body!r}",
            ]
        if problems:
            shown = "" if request.body is None else f" {request.body[:300].decode(errors='backslashreplace')}"
            problems.insert(0, f"{request.method} {request.target}{shown}")
        return problems

    def request(self, example, sandbox, carried, server=None):
        """Builds an example's request; also returns which generated values it took over from earlier answers."""
        operation, settings = example.operation, example.settings
        server = urlsplit(server or operation.contract.document["servers"][0]["url"])
        host = self.address.netloc if server.hostname in ("127.0.0.1", "localhost") else server.netloc
        path, query, used = settings.get("x-path", operation.path), [], Renaming()
        headers = [("Host", host), *self.credentials(operation, settings.get("x-credential"), sandbox)]
        sent = []
        for parameter in operation.parameters:
            chosen = parameter.examples.get(example.name) or parameter.examples.get("typical")
            if chosen is None:
                continue
            value = carried.apply(chosen.get("x-raw", chosen.get("value")), used)
            sent += leaves(value)
            text = value if isinstance(value, str) else json.dumps(value)
            if parameter.place == "path":
                path = path.replace("{" + parameter.name + "}", quote(text, safe=""))
            elif parameter.place == "query":
                query += (
                    [(parameter.name, inner) for inner in value]
                    if isinstance(value, list)
                    else [(parameter.name, text)]
                )
            elif parameter.place == "header":
                headers.append((parameter.name, text))
        body, values = self.body(example, carried, used)
        sent += values
        if body is not None and operation.body_type is not None:
            headers.append(("Content-Type", operation.body_type))
        overrides = dict(settings.get("x-headers", {}))
        if "x-content-type" in settings:
            overrides["Content-Type"] = settings["x-content-type"]
        for name, value in overrides.items():
            headers = [(key, old) for key, old in headers if key.lower() != name.lower()]
            values = [] if value is None else value if isinstance(value, list) else [value]
            values = [str(carried.apply(inner, used)) for inner in values]
            headers += [(name, inner) for inner in values]
            sent += values
        target = server.path.rstrip("/") + path + (f"?{urlencode(query)}" if query else "")
        return Request(settings.get("x-method", operation.method), target, headers, body, sent), used

    def body(self, example, carried, used):
        operation, size = example.operation, example.settings.get("x-body-size")
        chosen = operation.bodies.get(example.name) or operation.bodies.get("typical")
        if "x-body" in example.settings:
            chosen = {"x-raw": example.settings["x-body"]}
        if chosen is None:
            return None, []
        if "x-base64" in chosen:
            body, values = base64.b64decode(chosen["x-base64"], validate=True), []
        elif "x-raw" in chosen:
            body, values = chosen["x-raw"].encode(), []
        else:
            value = carried.apply(chosen["value"], used)
            body, values = show(value, indent=None, separators=(",", ":")).encode(), leaves(value)
        return body.ljust(size) if size else body, values

    @staticmethod
    def credentials(operation, wish, sandbox):
        """The credential's header fields."""
        contract = operation.contract
        requirements = operation.definition.get("security", contract.document.get("security", []))
        if wish == "none" or not requirements:
            return []
        fields = []
        for name in requirements[0]:
            scheme = contract.at(contract.document["components"]["securitySchemes"][name])
            base = scheme.get("x-base")
            if base is None:
                continue  # Not what opens the sandbox: a parameter or x-headers gives it.
            right = f"{base}.{sandbox}"
            bearer = scheme["type"] == "http" and scheme["scheme"].lower() == "bearer"
            if not bearer and scheme.get("in") != "header":
                raise Wrong(f"the security scheme {name} is neither a bearer token nor a header")
            value = (
                right if wish is None else f"{base}_wrong" if wish == "wrong" else wish.replace("{credential}", right)
            )
            if bearer and wish in (None, "wrong"):
                value = f"Bearer {value}"
            fields.append(("Authorization" if bearer else scheme["name"], value))
        if not fields:
            raise Wrong(f"{operation.id}: no security scheme has x-base")
        return fields

    @contextlib.contextmanager
    def held(self, request, sandbox):
        """Sends a request whose answer is held back while the body of the `with` runs."""
        count = f"/__admin/requests/count?sandbox={sandbox}"
        host = [("Host", self.address.netloc)]

        def requests():
            return parse_json(self.send(Request("GET", count, host, None, [])).body)["count"]

        before = requests()
        with contextlib.closing(self.begin(request, ("Prefer", "delay=60000"))):
            # Once the journal has it, it has been answered, and only the answer is still on its way.
            end = time.monotonic() + 60
            while requests() == before:
                if time.monotonic() > end:
                    raise Wrong("the request to be held back was not answered")
                time.sleep(0.01)
            yield

    def begin(self, request, *further):
        """Sends a request, and leaves its answer to be read."""
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=15)
        connection.putrequest(request.method, request.target, skip_host=True, skip_accept_encoding=True)
        for name, value in [*request.headers, *further]:
            connection.putheader(name, value.encode())
        if request.body is not None:
            connection.putheader("Content-Length", str(len(request.body)))
        # A body may be refused before the whole of it was read; the answer is there all the same.
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.endheaders(request.body)
        return connection

    def send(self, request):
        connection = self.begin(request)
        try:
            response = connection.getresponse()
            return Answer(response.status, response.getheaders(), response.read())
        finally:
            connection.close()


class Report:
    def __init__(self, verbose):
        self.verbose = verbose
        self.passed = self.failed = 0

    def add(self, title, problems):
        if problems:
            self.failed += 1
            print(f"FAILED  {title}")
            for line in problems:
                print(f"        {line}")
        else:
            self.passed += 1
            if self.verbose:
                print(f"passed  {title}")


def check_routes(contracts, address, report, only):
    """Checks that every vendor's file has the operations that the program serves, and no other."""
    try:
        vendors = served(address)
    except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
        report.add("the routes that are served", [f"{type(error).__name__}: {error}"])
        return
    for vendor, operations in vendors.items():
        title = f"{vendor} the operations that are served"
        if only in title:
            described = contracts[vendor].operations.values() if vendor in contracts else []
            report.add(title, differences(operations, described))


def check_control(file, address, report, only):
    """Checks the control plane's file, which has no part in the replay."""
    try:
        control.check(file, lambda: endpoints(address), report, only)
    except (yaml.YAMLError, OSError, http.client.HTTPException, ValueError, KeyError, AttributeError) as error:
        report.add(f"{control.NAME} the file by itself", [f"{type(error).__name__}: {error}"])


def first_success(operation):
    good = [example for example in operation.examples.values() if example.replayed and 200 <= example.status < 300]
    return good[0] if good else None


def check(contract, replay, report, only):
    """Checks one file and everything that it shows."""
    skipped = []
    if only in contract.name or only == "":
        report.add(f"{contract.name} the file by itself", contract.check())
    for operation in contract.operations.values():
        for example in operation.examples.values():
            if only not in example.title:
                continue
            if not example.replayed:
                skipped.append(example)
                continue
            report.add(example.title, guarded(replay, example))
        example = first_success(operation)
        for server in contract.document.get("servers", [])[1:]:
            title = f"{contract.name} {operation.id} at {server['url']}"
            if example and only in title:
                report.add(title, guarded(replay, example, server["url"]))
    return skipped


def guarded(replay, example, server=None):
    """Replays an example; what breaks on the way is its failure."""
    try:
        return replay.run(example, server)
    except (Wrong, OSError, http.client.HTTPException, ValueError, KeyError) as error:
        return [f"{type(error).__name__}: {error}"]


def main():
    root = Path(__file__).resolve().parent.parent.parent
    parser = argparse.ArgumentParser(
        description="Replays every example of openapi/*.yaml against a running Understudy."
    )
    parser.add_argument("--base", required=True, help="where it listens: http://127.0.0.1:8080")
    parser.add_argument("--openapi", type=Path, default=root / "openapi", help="the folder of the files")
    parser.add_argument(
        "--only", default="", help="replay only what has this text in its title, e.g. 'seam createUserIdentity 409'"
    )
    parser.add_argument("--verbose", action="store_true", help="also name what passed")
    options = parser.parse_args()

    report, replay, skipped, contracts = Report(options.verbose), Replay(options.base), [], {}
    for file in sorted(options.openapi.glob("*.yaml")):
        if file.stem == control.NAME:
            check_control(file, replay.address, report, options.only)
            continue
        try:
            contract = Contract(file)
        except (yaml.YAMLError, Wrong, KeyError, AttributeError) as error:
            report.add(f"{file.stem} the file by itself", [f"cannot be read: {type(error).__name__}: {error}"])
            continue
        contracts[contract.name] = contract
        skipped += check(contract, replay, report, options.only)
    check_routes(contracts, replay.address, report, options.only)
    for example in skipped:
        print(f"not replayed  {example.title}: {example.settings.get('x-replay-reason', 'no reason given')}")
    if report.passed + report.failed == 0:
        print(
            f"Nothing to check: no file or no example in {options.openapi}"
            + (f" has '{options.only}'" if options.only else "")
        )
    print(f"{report.passed} passed, {report.failed} failed" + (f" ({len(skipped)} not replayed)" if skipped else ""))
    return 0 if report.passed and not report.failed else 1


if __name__ == "__main__":
    sys.exit(main())
