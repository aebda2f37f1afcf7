"""Reads the files of openapi/, takes them apart and finds what is wrong with them by themselves."""

import re
from dataclasses import dataclass, field

import yaml
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from values import ABSENT, FORMATS, Loader, plain

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
EXAMPLE_MEMBERS = {
    "x-credential",
    "x-headers",
    "x-content-type",
    "x-method",
    "x-path",
    "x-body",
    "x-body-size",
    "x-after",
    "x-while",
    "x-same-as",
    "x-replay",
    "x-replay-reason",
}
REQUEST_EXAMPLE_MEMBERS = {"x-raw", "x-base64", "x-invalid"}


class Wrong(Exception):
    """The contract itself is faulty, at a place."""


@dataclass
class Parameter:
    name: str
    place: str
    required: bool
    schema: dict
    examples: dict


@dataclass
class Example:
    """One answer that the contract shows."""

    operation: "Operation"
    name: str
    status: int
    response: dict
    media: str | None
    schema: dict
    value: object
    settings: dict

    @property
    def title(self):
        return f"{self.operation.contract.name} {self.operation.id} {self.status} {self.name}"

    @property
    def replayed(self):
        return self.settings.get("x-replay", True) is not False


@dataclass
class Operation:
    contract: "Contract"
    id: str
    method: str
    path: str
    definition: dict
    parameters: list = field(default_factory=list)
    body_type: str | None = None
    body_schema: dict = field(default_factory=dict)
    bodies: dict = field(default_factory=dict)
    examples: dict = field(default_factory=dict)


class Contract:
    """One file, read and taken apart; `complaints` says what is wrong with it by itself."""

    URI = "urn:understudy:contract"

    def __init__(self, file):
        self.name = file.stem
        self.complaints = []
        self.original = yaml.load(file.read_text(encoding="utf-8"), Loader)
        self.document = self.absolute(self.original)
        self.registry = Registry().with_resource(self.URI, DRAFT202012.create_resource(self.document))
        self.operations = {}
        for path, item in self.document.get("paths", {}).items():
            for method in METHODS:
                if method in item:
                    try:
                        self.read_operation(path, method, self.at(item), item[method])
                    except Wrong as wrong:
                        self.complaints.append(f"{method.upper()} {path}: {wrong}")

    def absolute(self, value):
        """Makes every reference one from the file's root, so that any schema can stand by itself."""
        if isinstance(value, dict):
            return {
                key: self.URI + inner
                if key == "$ref" and isinstance(inner, str) and inner.startswith("#")
                else self.absolute(inner)
                for key, inner in value.items()
            }
        return [self.absolute(inner) for inner in value] if isinstance(value, list) else value

    def at(self, value):
        """Follows a reference."""
        for _ in range(20):
            if not isinstance(value, dict) or "$ref" not in value:
                return value
            value = self.registry.resolver().lookup(value["$ref"]).contents
        raise Wrong("references go in a circle")

    def validator(self, schema):
        return Draft202012Validator(schema, registry=self.registry, format_checker=FORMATS)

    def faults(self, value, schema):
        """What keeps a value from satisfying a schema."""
        found = sorted(self.validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
        return ["{}: {}".format("/".join(map(str, error.path)) or "whole", error.message) for error in found]

    def require(self, condition, complaint):
        if not condition:
            self.complaints.append(complaint)

    def named_examples(self, owner, place, allowed):
        """The named examples of something, each followed and checked for members that mean nothing."""
        self.require("example" not in owner, f"{place}: has `example`; use named `examples`")
        examples = {name: self.at(example) for name, example in owner.get("examples", {}).items()}
        for name, example in examples.items():
            unknown = [key for key in example if key.startswith("x-") and key not in allowed]
            self.require(not unknown, f"{place} {name}: unknown {', '.join(unknown)}")
            self.require("externalValue" not in example, f"{place} {name}: externalValue is not supported")
        return examples

    def check_request_example(self, example, schema, place):
        if "x-raw" in example or "x-base64" in example:
            return
        self.require("value" in example, f"{place}: has no value")
        faults = self.faults(example.get("value"), schema)
        if example.get("x-invalid"):
            self.require(faults, f"{place}: is marked x-invalid and satisfies its schema")
        else:
            self.require(not faults, f"{place}: {'; '.join(faults)}")

    def read_operation(self, path, method, item, definition):
        operation = Operation(self, definition.get("operationId", f"{method} {path}"), method.upper(), path, definition)
        where = operation.id
        self.require("operationId" in definition, f"{where}: has no operationId")
        self.require(operation.id not in self.operations, f"{where}: comes twice")
        self.require(definition.get("description", "").strip(), f"{where}: has no description")
        self.operations[operation.id] = operation
        for parameter in item.get("parameters", []) + definition.get("parameters", []):
            parameter = self.at(parameter)
            place = f"{where} parameter {parameter['name']}"
            examples = self.named_examples(parameter, place, REQUEST_EXAMPLE_MEMBERS)
            for name, example in examples.items():
                self.check_request_example(example, parameter.get("schema", {}), f"{place} {name}")
            required = parameter.get("required", False)
            self.require(not required or "typical" in examples, f"{place}: is required and has no example `typical`")
            operation.parameters.append(
                Parameter(parameter["name"], parameter["in"], required, parameter.get("schema", {}), examples)
            )
        self.read_body(operation, self.at(definition.get("requestBody", {})))
        for status, response in definition.get("responses", {}).items():
            if not re.fullmatch(r"[1-5]\d\d", status):
                raise Wrong(f"{where}: the status must be a number, not {status}")
            self.read_response(operation, int(status), self.at(response))

    def read_body(self, operation, body):
        content = body.get("content", {})
        if len(content) > 1:
            raise Wrong(f"{operation.id}: more than one media type of the request body is not supported")
        for media, definition in content.items():
            operation.body_type, operation.body_schema = media, definition.get("schema", {})
            place = f"{operation.id} request body"
            operation.bodies = self.named_examples(definition, place, REQUEST_EXAMPLE_MEMBERS)
            self.require("typical" in operation.bodies, f"{place}: has no example `typical`")
            for name, example in operation.bodies.items():
                self.check_request_example(example, operation.body_schema, f"{place} {name}")

    def read_response(self, operation, status, response):
        where = f"{operation.id} {status}"
        content = response.get("content") or {None: {"examples": response.get("x-examples", {})}}
        count = 0
        for name, header in response.get("headers", {}).items():
            header = self.at(header)
            samples = [self.at(example).get("value") for example in header.get("examples", {}).values()]
            for sample in samples + ([header["example"]] if "example" in header else []):
                faults = self.faults(sample, header.get("schema", {}))
                self.require(not faults, f"{where} header {name}: {'; '.join(faults)}")
        for media, definition in content.items():
            for name, example in self.named_examples(definition, where, EXAMPLE_MEMBERS).items():
                count += 1
                self.require(
                    name not in operation.examples, f"{where} {name}: the operation has another example of this name"
                )
                defaults = {key: operation.definition[key] for key in EXAMPLE_MEMBERS if key in operation.definition}
                settings = {**defaults, **example}
                example = Example(
                    operation,
                    name,
                    status,
                    response,
                    media,
                    definition.get("schema", {}),
                    example.get("value", ABSENT),
                    settings,
                )
                operation.examples[name] = example
                if media is not None:
                    self.require(example.value is not ABSENT, f"{where} {name}: has no value")
                    faults = self.faults(example.value, example.schema) if example.value is not ABSENT else []
                    self.require(not faults, f"{where} {name}: {'; '.join(faults)}")
                if not example.replayed:
                    self.require(
                        settings.get("x-replay-reason"), f"{where} {name}: x-replay: false needs an x-replay-reason"
                    )
        self.require(count, f"{where}: has no example")

    def check(self):
        """All that is wrong with the file by itself."""
        for error in OpenAPIV31SpecValidator(plain(self.original)).iter_errors():
            self.require(
                False,
                f"not valid OpenAPI at {'/'.join(map(str, error.absolute_path)) or 'the top'}: {error.message[:300]}",
            )
        self.require(self.document.get("servers"), "has no servers")
        self.require(any(operation.examples for operation in self.operations.values()), "has no example")
        for operation in self.operations.values():
            used = {example.name for example in operation.examples.values() if example.replayed}
            # `typical` stands in for every name that a body or parameter does not have.
            for place, examples in [("request body", operation.bodies)] + [
                (f"parameter {parameter.name}", parameter.examples) for parameter in operation.parameters
            ]:
                for name in examples:
                    needed = name in used or (name == "typical" and used - set(examples))
                    self.require(needed, f"{operation.id} {place} {name}: no response example of this name is replayed")
        for operation in self.operations.values():
            for example in operation.examples.values():
                try:
                    self.predecessors(example)
                except Wrong as wrong:
                    self.require(False, str(wrong))
        return self.complaints

    def named(self, name, example, member):
        """The example that a member of another one names."""
        operation, _, own = name.rpartition(".")
        owner = self.operations.get(operation) if operation else example.operation
        found = owner.examples.get(own) if owner else None
        if found is None or not found.replayed:
            raise Wrong(f"{example.title}: {member} names {name}, which is no example that can be replayed")
        return found

    def meanwhile(self, example):
        """The example whose answer is to be held back while this one is sent, or None."""
        name = example.settings.get("x-while")
        return None if name is None else self.named(name, example, "x-while")

    def predecessors(self, example, depth=0):
        """The examples to send before this one, in order, with their own predecessors."""
        if depth > 10:
            raise Wrong(f"{example.title}: x-after goes in a circle")
        found = []
        for name in example.settings.get("x-after", []):
            earlier = self.named(name, example, "x-after")
            found += self.predecessors(earlier, depth + 1) + [earlier]
        self.meanwhile(example)
        same = example.settings.get("x-same-as")
        if same and not any(same in (before.name, f"{before.operation.id}.{before.name}") for before in found):
            raise Wrong(f"{example.title}: x-same-as names {same}, which x-after does not")
        return found
