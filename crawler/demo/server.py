"""HTTP/1.1 server of the newspaper on loopback, with a log of the requests."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from crawler.demo.newspaper import Newspaper
from crawler.demo.page_frame import View
from crawler.demo.routes import ServedPage, page_at

LOOPBACK = "127.0.0.1"


class DemoServer(ThreadingHTTPServer):
    """A running newspaper. requests: (method, target as sent, status) of each response, in order."""

    daemon_threads = True

    def __init__(self, newspaper: Newspaper, port: int = 0) -> None:
        super().__init__((LOOPBACK, port), _Handler)
        self.newspaper = newspaper
        self.requests: list[tuple[str, str, int]] = []

    def handle_error(self, request: object, client_address: object) -> None:
        """Ignore connections that a client closed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """Address of the home page, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.server_port}"

    def show(self, day: int) -> None:
        """Publish another day, for all requests from now on."""
        self.newspaper = self.newspaper.on(day)

    def page(self, target: str) -> ServedPage:
        """The present page at a request target."""
        return page_at(View(self.newspaper, self.url), target)


@contextmanager
def serve(newspaper: Newspaper, *, port: int = 0) -> Iterator[DemoServer]:
    """Serve on 127.0.0.1 until the block ends. port 0: any free one. Raises OSError when the port is taken."""
    server = DemoServer(newspaper, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="demo newspaper", daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Marfa/1"
    sys_version = ""
    timeout = 30  # seconds; an idle connection must not hold its thread
    server: DemoServer

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Keep standard error quiet: `requests` is the log."""

    def _answer(self, *, with_body: bool) -> None:
        page = self.server.page(self.path)
        status = 304 if page.status == 200 and self._has(page) else page.status
        self.server.requests.append((self.command, self.path, status))
        self.send_response(status)
        if page.etag:
            self.send_header("ETag", page.etag)
        if page.changed:
            self.send_header("Last-Modified", format_datetime(page.changed.astimezone(UTC), usegmt=True))
        if page.location:
            self.send_header("Location", page.location)
        if status != 304:
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()
        if with_body and status != 304:
            self.wfile.write(page.body)

    def _has(self, page: ServedPage) -> bool:
        # RFC 9110 §13.2.2: If-Modified-Since counts only without If-None-Match.
        known = self.headers.get("If-None-Match")
        if known is not None:
            return page.etag is not None and (
                known.strip() == "*" or _opaque(page.etag) in map(_opaque, known.split(","))
            )
        since = _http_date(self.headers.get("If-Modified-Since"))
        return since is not None and page.changed is not None and page.changed <= since


def _opaque(etag: str) -> str:
    return etag.strip().removeprefix("W/")


def _http_date(text: str | None) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)
