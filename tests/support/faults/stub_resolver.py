"""Replace getaddrinfo: resolve address literals and the names in NAMES, without a network. Import it before Twisted."""

import socket
import sys
from typing import Any

NAMES: dict[str, list[str]] = {}
REAL = socket.getaddrinfo


def stub_resolver(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
    """The addresses of a literal or of a name in NAMES; raises gaierror for any other name."""
    answers = NAMES.get(host)
    if answers is None:
        return REAL(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (answer, port, 0, 0))
        if ":" in answer
        else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))
        for answer in answers
    ]


# Twisted takes the function when it is imported.
assert "twisted.internet" not in sys.modules
socket.getaddrinfo = stub_resolver  # type: ignore[assignment]
