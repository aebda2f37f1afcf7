"""What schemathesis needs beyond its own means; schemathesis.sh has it loaded.

Each scenario of the stateful phase gets a sandbox of its own. Hypothesis runs scenarios that begin alike and expects
them to go on alike. Where they share users, a second creation is a 409 where the first was a 200, and the phase is given
up, without a word, after a few scenarios.

A link may put any text into a header field: Sensay's user ids become X-USER-ID. It is sent as UTF-8, and as that of
somebody else where it has a control character, which no field can have.

A store's file is bytes that begin as SQLite's do, or not.

Dates in a header field are made here: schemathesis' coverage phase has none for a pattern that wants more than letters and
digits, and openapi-python-client knows no `format: date` there.
"""

import re

import schemathesis
from hypothesis import strategies
from schemathesis import Case
from schemathesis.specs.openapi.stateful import OpenAPIStateMachine

CREDENTIALS = ("x-organization-secret", "x-api-key", "authorization")
# What schemathesis.sh sends. The checks on authentication send something else, or nothing, and mean it.
SANDBOX = re.compile(r"\.schemathesis-[0-9]+$")

schemathesis.openapi.format("full-date", strategies.dates().map(str))
SQLITE = "application/vnd.sqlite3"
schemathesis.openapi.media_type(
    SQLITE, strategies.builds(bytes.__add__, strategies.sampled_from([b"", b"SQLite format 3\0"]), strategies.binary())
)


@schemathesis.serializer(SQLITE)
def as_it_is(context, value):
    """Sends bytes as they are, and anything else as text."""
    return value if isinstance(value, bytes) else str(value).encode()


scenarios = 0
make_machine = OpenAPIStateMachine.__init__
call_plainly = Case.call


def make_counted_machine(self):
    """Counts the scenarios: each has a state machine of its own."""
    global scenarios
    scenarios += 1
    make_machine(self)


def call(self, *arguments, headers=None, **options):
    """Sends a request, in the sandbox of its scenario where there is one."""
    if scenarios and headers:
        caller = self.headers.get("X-USER-ID")
        if caller is not None:
            self.headers["X-USER-ID"] = re.sub(r"[\x00-\x1f\x7f]", "?", caller).encode().decode("latin-1")
        headers = {
            name: f"{value}-{scenarios}" if name.lower() in CREDENTIALS and SANDBOX.search(value) else value
            for name, value in headers.items()
        }
    return call_plainly(self, *arguments, headers=headers, **options)


OpenAPIStateMachine.__init__ = make_counted_machine
Case.call = call
