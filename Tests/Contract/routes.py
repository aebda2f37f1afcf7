"""Holds the files against what the program says that it serves."""

import http.client
import json

# Answered on every path, so that no file has to say so of each.
EVERYWHERE = {"HEAD", "OPTIONS"}


def fetch(address, path):
    """What the program answers to a path, as JSON."""
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=15)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise OSError(f"GET {path} answered {response.status}")
    return json.loads(body)


def endpoints(address):
    """The endpoints of the control plane: `GET /__admin/users`."""
    return set(fetch(address, "/__admin")["endpoints"])


def served(address):
    """What the program serves, by vendor: pairs of method and path."""
    found = {}
    for route in fetch(address, "/__admin/routes")["routes"]:
        found.setdefault(route["vendor"], set()).add((route["method"], route["path"]))
    return found


def differences(operations, described):
    """What a vendor serves and its file does not describe, and the other way round, as readable lines."""
    described = {(each.method, each.path) for each in described if each.method not in EVERYWHERE}
    return [f"{method} {path} is served and not described" for method, path in sorted(operations - described)] + [
        f"{method} {path} is described and not served" for method, path in sorted(described - operations)
    ]
