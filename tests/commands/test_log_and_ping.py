"""A crawl's log as text or JSON, in a file that may be rotated; and pings to a monitor."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from crawler.output.log_lines import LogLines
from tests.support.hostile import Server, page
from tests.support.newspapers.small_site import GOOD
from tests.support.running import Ran, warraq


class Monitor(HTTPServer):
    """Remembers what it is told. status: what it answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pinged)
        self.pings: list[tuple[str, str]] = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_port}/ping/secret"


class _Pinged(BaseHTTPRequestHandler):
    server: Monitor

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.pings.append((self.path, body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def monitor() -> Iterator[Monitor]:
    with Monitor() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def crawl(folder: Path, server: Server, *more: str, **env: str) -> Ran:
    options = ("--allow-host", "127.0.0.1", "--delay", "0", *more)
    return warraq("crawl", server.url(), *options, cwd=folder, **env)


@pytest.mark.slow
def test_a_monitor_hears_of_the_start_and_of_the_end(tmp_path: Path, monitor: Monitor) -> None:
    with Server(dict(GOOD)) as server:
        done = crawl(tmp_path, server, "--ping", monitor.url)
        assert done.code == 0, done.err
        assert [path for path, _ in monitor.pings] == ["/ping/secret/start", "/ping/secret"]
        assert monitor.pings[1][1] == done.out.strip()
        server.answers = {"/robots.txt": page("", 404)}
        failed = crawl(tmp_path, server, WARRAQ_PING=monitor.url + "/")
        assert failed.code == 1
        assert [path for path, _ in monitor.pings[2:]] == ["/ping/secret/start", "/ping/secret/fail"]
        (tmp_path / "archive" / "warraq.db").write_bytes(b"no database" * 1000)
        assert crawl(tmp_path, server, "--ping", monitor.url).code == 5
        assert monitor.pings[-1][0] == "/ping/secret/fail"
        assert "is no SQLite database" in monitor.pings[-1][1]


def test_a_ping_that_fails_fails_no_crawl_and_shows_no_secret(tmp_path: Path, monitor: Monitor) -> None:
    monitor.status = 500
    with Server(dict(GOOD)) as server:
        ran = crawl(tmp_path, server, "--ping", monitor.url)
        assert ran.code == 0
        assert ran.err.count("warraq: the ping to 127.0.0.1 failed: ") == 2
        ran = crawl(tmp_path, server, "--ping", "http://127.0.0.1:9/secret", "--log-format", "json")
        assert ran.code == 0
        assert "the ping to 127.0.0.1 failed" in ran.err
        assert "secret" not in ran.err
        assert crawl(tmp_path, server, "--ping", "file:///etc/passwd").code == 2


def test_every_line_of_a_json_log_is_an_object(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    with Server(dict(GOOD)) as server:
        (tmp_path / "mine/odd.py").write_text(
            "from crawler.platforms import CategorySpider\nfrom crawler.site import Site\n\n\n"
            f"class Odd(CategorySpider):\n    site = Site('odd', '{server.url()}', delay_s=0.0)\n\n"
            "    def article_urls(self, response):\n        return 1 / 0\n"
        )
        options = ("--allow-host", "127.0.0.1", "--log-format", "json")
        ran = warraq("crawl", "odd", *options, cwd=tmp_path, WARRAQ_SPIDERS=str(tmp_path / "mine"))
    entries = [json.loads(line) for line in ran.err.splitlines()]
    assert all(entry.keys() >= {"time", "level", "logger", "message"} for entry in entries)
    (error,) = {entry["traceback"].splitlines()[-1] for entry in entries if "traceback" in entry}
    assert error == "ZeroDivisionError: division by zero"
    assert entries[-1]["run"]["site"] == "odd"
    assert entries[-1]["level"] == "warning"
    assert ran.out.startswith("odd: ")


def test_a_log_file_has_what_stderr_would_and_the_error_too(tmp_path: Path) -> None:
    log = tmp_path / "crawl.log"
    with Server(dict(GOOD)) as server:
        ran = crawl(tmp_path, server, "--log-file", str(log))
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.strip() in log.read_text()
        (tmp_path / "archive" / "warraq.db").write_bytes(b"no database" * 1000)
        ran = crawl(tmp_path, server, "--log-file", str(log))
        assert (ran.code, len(ran.err.splitlines())) == (5, 1)
        assert "ERROR: the archive at " in log.read_text()
        assert crawl(tmp_path, server, "--log-file", str(tmp_path / "no" / "log")).code == 2
    ran = warraq("import", "nothing.warc.gz", "--log-file", str(log), cwd=tmp_path)
    assert ran.code in (2, 5)


def test_a_file_that_is_rotated_is_opened_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    lines = LogLines("text", path, None)  # type: ignore[arg-type]
    print("warraq: one", file=lines)
    path.rename(tmp_path / "a.log.1")
    print("two", file=lines)
    print("three", end="", file=lines)
    lines.end()
    assert [line.split("INFO: ")[1] for line in path.read_text().splitlines()] == ["two", "three"]
    assert (tmp_path / "a.log.1").read_text().endswith("one\n")
