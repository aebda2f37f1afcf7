"""JSON values as the contract test needs them: nothing lost in reading, comparing and writing."""

import datetime
import json
import re
import uuid
from decimal import Decimal
from urllib.parse import urlsplit

import yaml
from jsonschema import FormatChecker

# Stands where there is no value, which is not the same as null.
ABSENT = object()


class Number(Decimal):
    """A number that is no plain integer, as it was written."""

    def __new__(cls, text):
        number = super().__new__(cls, text)
        number.text = text
        return number


class Loader(yaml.SafeLoader):
    """YAML as JSON has it: names are text, dates are text, numbers keep their digits, and no name comes twice."""

    def construct_mapping(self, node, deep=False):
        self.flatten_mapping(node)
        mapping = {}
        for key, value in node.value:
            if key.value in mapping:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' comes twice", key.start_mark)
            mapping[key.value] = self.construct_object(value, deep=deep)
        return mapping


JSON_NUMBER = r"-?(?:0|[1-9][0-9]*)"
Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in [
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", ["n", "~", ""]),
    ("int", JSON_NUMBER, "-0123456789"),
    ("float", JSON_NUMBER + r"(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", "-0123456789"),
    ("merge", r"<<", "<"),
]:
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first))
Loader.add_constructor("tag:yaml.org,2002:int", lambda loader, node: int(node.value))
Loader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Number(node.value))
Loader.add_constructor("tag:yaml.org,2002:map", lambda loader, node: loader.construct_mapping(node, deep=True))


def parse_json(text):
    """Parses JSON, keeping order and digits, and refuses two members of one name."""

    def members(pairs):
        if len({name for name, _ in pairs}) < len(pairs):
            raise ValueError("a member comes twice")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=members, parse_float=Number)


def plain(value):
    """The value with floats for decimals, as other libraries expect it."""
    return json.loads(json.dumps(value, default=float))


def show(value, indent=2, **options):
    """The value as JSON, one member a line, numbers as they were written."""
    text = json.dumps(value, indent=indent, ensure_ascii=False, default=lambda number: f"\0{number.text}\0", **options)
    return re.sub(r'"\\u0000(.*?)\\u0000"', r"\1", text)


def leaves(value):
    """Every value inside a JSON value that is no object and no array."""
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in leaves(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in leaves(inner)]
    return [value]


def same(one, other):
    """Equal as JSON: `1`, `1.0` and `true` are three values, and members have an order."""
    return show(one) == show(other)


FORMATS = FormatChecker(formats=())


@FORMATS.checks("uuid", ValueError)
def is_uuid(value):
    return not isinstance(value, str) or str(uuid.UUID(value)) == value.lower()


@FORMATS.checks("date-time", ValueError)
def is_date_time(value):
    if not isinstance(value, str):
        return True
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value):
        return False
    return bool(datetime.datetime.fromisoformat(re.sub(r"\.\d+", "", value).replace("Z", "+00:00")))


@FORMATS.checks("email")
def is_email(value):
    label = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
    return not isinstance(value, str) or bool(
        re.fullmatch(rf"[a-zA-Z0-9.!#$%&'*+/=?^_`{{|}}~-]+@{label}(?:\.{label})*", value)
    )


@FORMATS.checks("uri", ValueError)
def is_uri(value):
    return not isinstance(value, str) or bool(urlsplit(value).scheme)
