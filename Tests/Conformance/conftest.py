"""What the tests of the clients share: where the program is, and a world of its own for each of them."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture(scope="session")
def url() -> str:
    """The program's base URL; `understudy exec` names it, and the vendors' credentials too."""
    return os.environ["UNDERSTUDY_URL"]


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> str:
    """A sandbox that belongs to this test alone: nothing in it is seen, or clashes, in another."""
    return re.sub(r"[^A-Za-z0-9]+", "-", request.node.name).strip("-")[:64]


@pytest.fixture
def fault(url: str, sandbox: str) -> Callable[..., Callable[[], int]]:
    """Makes calls of this test's sandbox go wrong; what it returns says how many have."""

    def add(**rule: Any) -> Callable[[], int]:
        added = control(url, "POST", "faults", {"sandbox": sandbox, **rule})["fault"]

        def hits() -> int:
            faults = control(url, "GET", "faults")["faults"]
            return next(one["hits"] for one in faults if one["id"] == added["id"])

        return hits

    return add


def control(url: str, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Asks the control plane; an answer that is no success raises."""
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(f"{url}/__admin/{path}", data=data, method=method)
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)
