"""Compares an answer of the program with the example that the contract shows."""

import difflib
import re
from dataclasses import dataclass

from values import ABSENT, parse_json, same, show

# Header fields that HTTP itself adds: no contract of a vendor's.
TRANSPORT = {"content-type", "content-length", "connection", "date", "keep-alive", "transfer-encoding"}


@dataclass
class Request:
    method: str
    target: str
    headers: list
    body: bytes | None
    # Every value that the client chose: it must come back as it was, even where the schema calls it volatile.
    sent: list


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    def header(self, name):
        values = [value for key, value in self.headers if key.lower() == name.lower()]
        return ", ".join(values) if values else None


class Renaming:
    """Which generated value stands for which one of the examples."""

    def __init__(self):
        self.pairs = []

    def add(self, example, actual):
        """Notes a pair; returns what stands for the example's value, which is what came first."""
        known = self.get(example)
        if known is not ABSENT:
            return known
        self.pairs.append((example, actual))
        return actual

    def get(self, example):
        return next((actual for known, actual in self.pairs if same(known, example)), ABSENT)

    def apply(self, value, used=None):
        """The value with every example value in it replaced; `used` notes which were."""
        if isinstance(value, dict):
            return {key: self.apply(inner, used) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.apply(inner, used) for inner in value]
        actual = self.get(value)
        if actual is ABSENT:
            return self.inside(value)
        if used is not None:
            used.add(value, actual)
        return actual

    def inside(self, value):
        """The text with the example values that it holds replaced; short ones stand in other texts by chance."""
        if isinstance(value, str):
            for example, actual in self.pairs:
                if isinstance(example, str) and len(example) >= 8:
                    value = value.replace(example, str(actual))
        return value


class Comparison:
    """What an example says of the answer to its request."""

    def __init__(self, example, request, used):
        self.example, self.contract = example, example.operation.contract
        self.sent, self.used = request.sent, used
        self.pairs = Renaming()

    def problems(self, answer):
        found = []
        if answer.status != self.example.status:
            found += [f"- status {self.example.status}", f"+ status {answer.status}"]
        headers = self.headers(answer)
        if self.example.media is None:
            if answer.body:
                found += ["- no body", f"+ {answer.body[:500]!r}"]
            return found + headers + self.settled_headers(answer)
        found += self.media_type(answer)
        try:
            got = parse_json(answer.body)
        except ValueError as error:
            return found + [f"the body is no JSON ({error}):", f"+ {answer.body[:2000]!r}"] + headers
        expected, _ = self.settle(self.example.value, got)
        if not same(expected, got):
            found += diff(show(expected), show(got))
        found += [
            f"the body does not satisfy its schema: {fault}" for fault in self.contract.faults(got, self.example.schema)
        ]
        return found + headers + self.settled_headers(answer)

    def media_type(self, answer):
        definition = self.example.response["content"][self.example.media]
        exact, got = definition.get("x-content-type"), answer.header("Content-Type") or "none"
        if got == exact or (
            exact is None and got.split(";")[0].strip().lower() == self.example.media.split(";")[0].lower()
        ):
            return []
        return [f"- Content-Type: {exact or self.example.media}", f"+ Content-Type: {got}"]

    def headers(self, answer):
        """Finds what is wrong with the header fields but their exact values, and notes the volatile ones."""
        found, documented = [], set()
        for name, header in self.example.response.get("headers", {}).items():
            header = self.contract.at(header)
            schema = header.get("schema", {})
            documented.add(name.lower())
            text = answer.header(name)
            if text is None:
                if header.get("required", True) or self.example.name in header.get("examples", {}):
                    found += [f"- {name}: (documented)", "+ it is missing"]
                continue
            value = self.header_value(text, schema)
            found += [
                f"the header {name}: {text} does not satisfy its schema: {fault}"
                for fault in self.contract.faults(value, schema)
            ]
            sample = self.at_header(header)
            if sample is not ABSENT and self.is_volatile(schema):
                self.pairs.add(sample, value)
        for name, value in answer.headers:
            # What explains an answer is the same for every operation, and stands in openapi/admin.yaml.
            if name.lower() not in documented | TRANSPORT and not name.lower().startswith("x-understudy-"):
                found.append(f"+ {name}: {value} (this header is not documented)")
        return found

    def settled_headers(self, answer):
        """Finds documented header fields whose value is not the example's."""
        found = []
        for name, header in self.example.response.get("headers", {}).items():
            header = self.contract.at(header)
            schema, text = header.get("schema", {}), answer.header(name)
            if text is None or self.example.name not in header.get("examples", {}):
                continue
            value = self.header_value(text, schema)
            expected = self.pairs.apply(self.used.apply(self.at_header(header)))
            if not same(expected, value):
                found += [f"- {name}: {expected}", f"+ {name}: {value}"]
        return found

    def at_header(self, header):
        named = header.get("examples", {}).get(self.example.name)
        return self.contract.at(named).get("value") if named else header.get("example", ABSENT)

    def header_value(self, text, schema):
        return int(text) if self.contract.at(schema).get("type") == "integer" and text.isdigit() else text

    def settle(self, expected, got):
        """The example with the answer's own values at volatile places, and which stands for which."""
        # The first walk finds the pairs, the second one finds them also inside longer texts further up.
        self.walk(expected, got, [self.example.schema])
        return self.walk(expected, got, [self.example.schema]), self.pairs

    def walk(self, expected, got, schemas):
        schemas = self.flattened(schemas, expected)
        if isinstance(expected, dict):
            inner = got if isinstance(got, dict) else {}
            return {
                key: self.walk(value, inner.get(key, ABSENT), self.members(schemas, key))
                for key, value in expected.items()
            }
        if isinstance(expected, list):
            inner = got if isinstance(got, list) else []
            return [
                self.walk(value, inner[index] if index < len(inner) else ABSENT, self.elements(schemas, index))
                for index, value in enumerate(expected)
            ]
        taken = self.used.get(expected)
        if taken is not ABSENT:
            return taken
        if any(same(expected, value) for value in self.sent) or type(expected) is not type(got):
            return expected
        if any(self.is_volatile(schema) for schema in schemas):
            return self.pairs.add(expected, got)
        return self.pairs.inside(expected)

    def flattened(self, schemas, expected):
        """All schemas that hold at a place, references followed; of alternatives those that the example satisfies."""
        found = []
        for schema in schemas:
            if not isinstance(schema, dict):
                continue
            found.append(schema)
            if "$ref" in schema:
                found += self.flattened([self.contract.registry.resolver().lookup(schema["$ref"]).contents], expected)
            found += self.flattened(schema.get("allOf", []), expected)
            for choice in schema.get("oneOf", []) + schema.get("anyOf", []):
                if self.contract.validator(choice).is_valid(expected):
                    found += self.flattened([choice], expected)
        return found

    @staticmethod
    def members(schemas, key):
        found = []
        for schema in schemas:
            named = [schema["properties"][key]] if key in schema.get("properties", {}) else []
            named += [
                inner for pattern, inner in schema.get("patternProperties", {}).items() if re.search(pattern, key)
            ]
            found += named or [schema.get("additionalProperties")]
        return found

    @staticmethod
    def elements(schemas, index):
        found = []
        for schema in schemas:
            first = schema.get("prefixItems", [])
            found.append(first[index] if index < len(first) else schema.get("items"))
        return found

    def is_volatile(self, schema):
        schema = self.contract.at(schema)
        return schema.get("x-volatile", schema.get("format") in ("uuid", "date-time"))


def diff(expected, got):
    """The lines of two texts, `-` where only expected and `+` where only got."""
    lines = difflib.unified_diff(expected.splitlines(), got.splitlines(), "expected", "got", n=2, lineterm="")
    return list(lines)[2:]
