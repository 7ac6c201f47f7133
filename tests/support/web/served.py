"""A running reader: `warraq serve` in a process of its own, and an HTTP client of the standard library for it."""

import http.client
import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.support.running import start


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Served:
    url: str
    process: "subprocess.Popen[str]"

    def ask(self, path: str, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """Request a path; return the answer without following redirects. headers: with _ for -."""
        parts = urlsplit(self.url)
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        try:
            sent = {name.replace("_", "-"): value for name, value in {"Accept": "text/html", **headers}.items()}
            connection.request(method, path, body=body.encode() if body is not None else None, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def find(self, path: str, **values: str) -> Answer:
        """Request a page with a query string. values: a final _ is removed, as in from_."""
        return self.ask(f"{path}?{urlencode({name.rstrip('_'): value for name, value in values.items()})}")


@contextmanager
def serving(folder: Path, *arguments: str, **env: str) -> Iterator[Served]:
    """Run `warraq serve` on a free port; end it by SIGTERM."""
    process = start("serve", "--archive", str(folder), "--port", "0", *arguments, cwd=folder.parent, **env)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline().strip()
        assert first.startswith("http://"), process.stderr.read()
        yield Served(first, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
