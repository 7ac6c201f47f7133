"""A real WordPress site in Arabic, replayed from its WARC file through a forward proxy."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.running import Ran, warraq


@dataclass
class Replay:
    port: int
    log: Path

    def requests(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def crawl(self, folder: Path, *arguments: str) -> Ran:
        proxy = f"http://127.0.0.1:{self.port}"
        return warraq(
            *("crawl", "http://alrased.test/", "--delay", "0", "--json", *arguments), cwd=folder, http_proxy=proxy
        )


@contextmanager
def replaying(shared: Path, tmp_path: Path, *options: str) -> Iterator[Replay]:
    """Replay the site. options: of the replay program, such as --overlay."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path / "requests.jsonl"
    log.touch()
    warc = shared / "corpus/wordpress/alrased.test.warc.gz"
    command = [sys.executable, str(shared / "tools/replay.py"), str(warc), "--port", str(port), "--log", str(log)]
    with subprocess.Popen([*command, *options], stdout=subprocess.DEVNULL) as server:
        until = time.monotonic() + 30
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < until
            time.sleep(0.05)
        yield Replay(port, log)
        server.kill()
