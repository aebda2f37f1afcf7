"""Holds admin.yaml, the control plane's file, against itself and against the running program.

It shows no exchange to be replayed, as the vendors' files do: what the control plane answers depends on what came
before. That its answers are as described, schemathesis checks (Tests/Conformance/schemathesis.sh).
"""

import json
from urllib.parse import quote

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from contract import METHODS
from values import FORMATS, Loader, plain

NAME = "admin"
# The members of a schema that hold a schema, several by name, or several in order.
ONE = ("items", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else")
BY_NAME = ("properties", "patternProperties", "$defs", "dependentSchemas")
IN_ORDER = ("oneOf", "anyOf", "allOf", "prefixItems")


class Control:
    """The file, read; places in it are tuples of members."""

    def __init__(self, file):
        self.document = plain(yaml.load(file.read_text(encoding="utf-8"), Loader))
        self.uri = file.resolve().as_uri()
        seed = file.with_name("seed.schema.json").resolve()
        self.registry = Registry().with_resources(
            [
                (self.uri, DRAFT202012.create_resource(self.document)),
                (seed.as_uri(), DRAFT202012.create_resource(json.loads(seed.read_text(encoding="utf-8")))),
            ]
        )

    def operations(self):
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method.upper(), path, item[method]

    def endpoints(self):
        """What it describes, as `GET /__admin` lists it: `GET /__admin/users`."""
        return {f"{method} {path}" for method, path, _ in self.operations()}

    def complaints(self):
        """All that is wrong with the file by itself."""
        found = [
            f"not valid OpenAPI at {'/'.join(map(str, error.absolute_path)) or 'the top'}: {error.message[:300]}"
            for error in OpenAPIV31SpecValidator(self.document, base_uri=self.uri).iter_errors()
        ]
        ids = [operation.get("operationId") for _, _, operation in self.operations()]
        found += [f"the operationId {each} comes twice" for each in sorted({i for i in ids if i and ids.count(i) > 1})]
        for method, path, operation in self.operations():
            for member in ("operationId", "summary", "description"):
                if not str(operation.get(member, "")).strip():
                    found.append(f"{method} {path}: has no {member}")
        count = 0
        for place, schema, example in self.examples(self.document, ()):
            count += 1
            found += [f"{'/'.join(place)}: {fault}" for fault in self.faults(example, schema)]
        return found if count else [*found, "has no example"]

    def examples(self, value, place):
        """Every example that something shows: where it is, where its schema is, and itself."""
        if isinstance(value, list):
            for index, inner in enumerate(value):
                yield from self.examples(inner, (*place, str(index)))
        if not isinstance(value, dict):
            return
        if "schema" in value:
            if "example" in value:
                yield (*place, "example"), (*place, "schema"), value["example"]
            for name, example in value.get("examples", {}).items():
                yield (*place, "examples", name), (*place, "schema"), example.get("value")
            yield from self.shown(value["schema"], (*place, "schema"))
        for key, inner in value.items():
            if key == "schemas" and place == ("components",):
                for name, schema in inner.items():
                    yield from self.shown(schema, (*place, key, name))
            elif key not in ("schema", "example", "examples"):
                yield from self.examples(inner, (*place, str(key)))

    def shown(self, schema, place):
        """Every example and default of a schema, and of those in it."""
        if not isinstance(schema, dict):
            return
        for index, example in enumerate(schema.get("examples", [])):
            yield (*place, "examples", str(index)), place, example
        if "default" in schema:
            yield (*place, "default"), place, schema["default"]
        for key in ONE:
            yield from self.shown(schema.get(key), (*place, key))
        for key in BY_NAME:
            for name, inner in schema.get(key, {}).items():
                yield from self.shown(inner, (*place, key, name))
        for key in IN_ORDER:
            for index, inner in enumerate(schema.get(key, [])):
                yield from self.shown(inner, (*place, key, str(index)))

    def faults(self, value, place):
        """What keeps a value from satisfying the schema at a place."""
        pointer = "".join("/" + quote(part.replace("~", "~0").replace("/", "~1"), safe="~") for part in place)
        schema = {"$ref": f"{self.uri}#{pointer}"}
        validator = Draft202012Validator(schema, registry=self.registry, format_checker=FORMATS)
        return [f"{value!r}: {error.message}" for error in validator.iter_errors(value)]


def check(file, listed, report, only):
    """Checks the file, and that the endpoints that it describes are those that the program lists."""
    control = Control(file)
    if only in f"{NAME} the file by itself":
        report.add(f"{NAME} the file by itself", control.complaints())
    if only in f"{NAME} the endpoints that are served":
        described, served = control.endpoints(), listed()
        report.add(
            f"{NAME} the endpoints that are served",
            [f"{each} is served and not described" for each in sorted(served - described)]
            + [f"{each} is described and not served" for each in sorted(described - served)],
        )
