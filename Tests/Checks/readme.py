"""Checks README.md against the program.

Every ```sh block that calls curl is run as it stands, only with the port of a fresh server, and the ```json or ```http block that
follows must be its answer, up to times and random names. The block after <!-- help --> must be `understudy help`, the one after
<!-- make --> must be `make help`, and the one after <!-- example --> the test that `make library` runs. The tables between
<!-- bench --> and <!-- end of bench --> must have the rows that `make bench` prints.

Usage: readme.py BINARY
"""
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VOLATILE = [
    (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", "<time>"),
    (r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", "<date>"),
    (r'"fingerprint":"[0-9a-f]{32}"', '"fingerprint":"<fingerprint>"'),
    (r'"request_id":"lcl1:lcl1::[^"]+"', '"request_id":"<request>"'),
    (r'"uptime_seconds":\d+', '"uptime_seconds":<n>'),
    (r'"(log_)?bytes":\d+', r'"\1bytes":<n>'),
]


def settled(text):
    """The text without what differs from run to run, and without the white space that only a reader needs."""
    text = re.sub(r"\s+", " ", text.replace("\r", "")).strip()
    text = re.sub(r"(?<=[\[{,:]) | (?=[\]},])", "", text)
    for pattern, name in VOLATILE:
        text = re.sub(pattern, name, text)
    return text


def blocks(text):
    """The fenced blocks as (marker before it, language, content)."""
    pattern = r"(?:<!-- (\w+) -->\s*)?```(\w*)\n(.*?)```"
    return [match.groups() for match in re.finditer(pattern, text, re.S)]


def rows(text):
    """The first cell of each line of the tables in a text."""
    return re.findall(r"^\| *(.*?) *\|", text, re.M)


def check_bench(readme, binary):
    """Whether the measured tables have the rows that a new run would have; their figures are not compared."""
    shown = re.search(r"<!-- bench -->(.*?)<!-- end of bench -->", readme, re.S)
    run = subprocess.run(["bash", "Tests/Bench/run.sh", binary, "--rows"], cwd=ROOT, capture_output=True, text=True, check=True)
    wanted = rows(run.stdout)
    if shown and wanted and rows(shown[1]) == wanted:
        return True
    print(f"readme: the tables of `make bench` are to have the rows {wanted}, not {shown and rows(shown[1])}")
    return False


def serve(binary, folder):
    port_file = Path(folder) / "port"
    server = subprocess.Popen(
        [binary, "serve", "--port", "0", "--port-file", port_file, "--db", ":memory:", "--log", "off"],
        stdout=subprocess.DEVNULL)
    for _ in range(200):
        if port_file.exists():
            return server, port_file.read_text().strip()
        time.sleep(0.02)
    server.kill()
    sys.exit("readme: the server did not start")


def main(binary):
    readme = (ROOT / "README.md").read_text()
    found = blocks(readme)
    checked, failed = 1, 0 if check_bench(readme, binary) else 1
    with tempfile.TemporaryDirectory() as folder:
        server, port = serve(binary, folder)
        try:
            for (marker, language, content), following in zip(found, found[1:] + [(None, "", "")]):
                if marker == "help":
                    got = subprocess.run([binary, "help"], capture_output=True, text=True, check=True).stdout
                    want = content
                elif marker == "make":
                    got = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
                    want = content
                elif marker == "example":
                    got = (ROOT / "Tests/UnderstudyTests/ExampleTests.swift").read_text()
                    want = content
                elif language == "sh" and "curl " in content and following[1] in ("json", "http"):
                    script = content.replace("127.0.0.1:8080", f"127.0.0.1:{port}")
                    script = script.replace("localhost:8080", f"localhost:{port}")
                    run = subprocess.run(
                        ["bash", "-euc", script.replace("curl ", "curl -sS ")], capture_output=True, text=True,
                        env=os.environ | {"LC_ALL": "C"}, timeout=30)
                    got, want = run.stdout + run.stderr, following[2]
                    got = got.replace(f":{port}", ":8080")
                else:
                    continue
                checked += 1
                if settled(got) != settled(want):
                    failed += 1
                    print(f"readme: README.md shows\n  {settled(want)}\nbut it is\n  {settled(got)}\nafter\n{content}")
        finally:
            server.terminate()
            server.wait(10)
    print(f"{checked - failed} passed, {failed} failed")
    return 1 if failed or not checked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
