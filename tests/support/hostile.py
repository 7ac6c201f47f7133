"""A hostile HTTP server on loopback, and a real crawl against it in a process of its own.

`Server({path: answer})` serves; an answer is a function that sends any bytes on an Exchange. `crawl(urls, ...)` runs
Scrapy with the project's own settings and returns the outcome of each URL.
"""

import gzip
import json
import os
import socket
import ssl
import struct
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.support.warm.warm_start import WarmProcess
from tests.support.web.certificates import write_certificate

ROOT = Path(__file__).parents[2]
# Of struct tcp_info in linux/tcp.h: its size, and where tcpi_last_data_recv stands.
_TCP_INFO_BYTES, _LAST_DATA_RECEIVED = 104, 52


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request as received, and the connection for the answer. at: time.monotonic() of its arrival."""

    path: str
    headers: dict[str, str]  # names in lower case
    at: float
    connection: socket.socket

    def send(self, data: bytes) -> None:
        self.connection.sendall(data)


Answer = Callable[[Exchange], None]


def page(body: bytes | str = "", status: int = 200, **headers: str) -> Answer:
    """A correct response. Header names are written with "_" for "-"."""
    content = body.encode() if isinstance(body, str) else body
    lines = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(content)),
        "Connection": "close",
    }
    lines |= {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(exchange: Exchange) -> None:
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        exchange.send(f"HTTP/1.1 {status} Answer\r\n{head}\r\n".encode() + content)

    return answer


def robots(text: bytes | str, status: int = 200, **headers: str) -> Answer:
    return page(text, status, Content_Type="text/plain", **headers)


def redirect(to: str, status: int = 302) -> Answer:
    return page("", status, Location=to)


def raw(*pieces: bytes, pause_s: float = 0.0) -> Answer:
    """Send exactly these bytes, with a pause after each piece; then close the connection."""

    def answer(exchange: Exchange) -> None:
        for piece in pieces:
            exchange.send(piece)
            time.sleep(pause_s)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """Give these answers one after the other; repeat the last one."""
    left = list(answers)

    def answer(exchange: Exchange) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(exchange)

    return answer


def cut(body: bytes, declared: int) -> Answer:
    """Send fewer bytes than Content-Length states."""
    return page(body, Content_Length=str(declared))


def endless(head: bytes, piece: bytes) -> Answer:
    """Send a head, then the same piece until the client disconnects."""

    def answer(exchange: Exchange) -> None:
        exchange.send(head)
        while True:
            exchange.send(piece)

    return answer


def trickle(exchange: Exchange) -> None:
    """Send a byte every tenth of a second, for a minute."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 600\r\n\r\n")
    for _ in range(600):
        exchange.send(b"x")
        time.sleep(0.1)


def hang(exchange: Exchange) -> None:
    """Send headers, then nothing for a minute."""
    exchange.send(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
    time.sleep(60)


def reset(exchange: Exchange) -> None:
    """Reset the connection (RST) instead of answering."""
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    exchange.connection.close()


def bomb(megabytes: int, layers: int = 1) -> bytes:
    """Zeros, compressed with gzip `layers` times."""
    body = b"\0" * (megabytes * 1024 * 1024)
    for _ in range(layers):
        body = gzip.compress(body, 9, mtime=0)
    return body


def self_signed() -> ssl.SSLContext:
    """A self-signed certificate for 127.0.0.1."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with tempfile.TemporaryDirectory() as folder:
        context.load_cert_chain(write_certificate(Path(folder), "127.0.0.1"))
    return context


def _arrived(connection: socket.socket) -> float:
    """When the kernel received the latest bytes; on a busy machine, this process reads them later."""
    info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    (since_ms,) = struct.unpack_from("I", info, _LAST_DATA_RECEIVED)
    return time.monotonic() - float(since_ms) / 1000


class Server:
    """Serves answers by path on a free port of 127.0.0.1; 404 for other paths. Records the requests."""

    def __init__(self, answers: dict[str, Answer] | None = None, *, tls: bool = False) -> None:
        self.answers = answers or {}
        self.exchanges: list[Exchange] = []
        self.connections = 0
        self.scheme = "https" if tls else "http"
        self._context = self_signed() if tls else None
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port: int = self._socket.getsockname()[1]
        self._open: set[socket.socket] = set()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        for connection in list(self._open):
            connection.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def paths(self) -> list[str]:
        return [exchange.path for exchange in self.exchanges]

    def hits(self, path: str) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.path == path]

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._open.add(connection)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            if self._context is not None:
                connection = self._context.wrap_socket(connection, server_side=True)
                self._open.add(connection)
            head = b""
            while b"\r\n\r\n" not in head:
                received = connection.recv(65536)
                if not received:
                    return
                head += received
            first, *lines = head.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            exchange = Exchange(first.split(" ")[1], headers, _arrived(connection), connection)
            self.exchanges.append(exchange)
            self.answers.get(exchange.path, page("not here", 404))(exchange)
        except OSError:
            pass  # the client went away, which some answers wait for
        finally:
            self._open.discard(connection)
            connection.close()


@dataclass(frozen=True, slots=True)
class Fate:
    """The outcome of one URL: an answer (status, body) or an error (its class, Reason and message)."""

    url: str
    status: int | None = None
    size: int | None = None
    final: str | None = None
    error: str | None = None
    reason: str | None = None
    retry: bool | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """The result of a crawl. fates: outcome by requested URL. listening: local addresses the process listened on."""

    fates: dict[str, Fate]
    stats: dict[str, Any]
    listening: list[str]
    peak_mb: float
    seconds: float
    log: str = field(repr=False)


def crawl(
    urls: Iterable[str | dict[str, Any]],
    *,
    allow: Iterable[str] = (),
    home: str | None = None,
    settings: dict[str, Any] | None = None,
    names: dict[str, list[str]] | None = None,
    env: dict[str, str] | None = None,
    limit_s: float = 120,
) -> Crawl:
    """Crawl the URLs in a process of its own with the project's settings, but a delay of 0.02 s and short waits.

    A URL may be {"url": ..., "meta": ...}. allow: WARRAQ_ALLOW_HOSTS. home: of a declared site. names: what a
    stub resolver answers; any other name is unknown to it.
    """
    job = {
        "urls": [{"url": url} if isinstance(url, str) else url for url in urls],
        "home": home,
        "settings": {"DOWNLOAD_DELAY": 0.02, "WARRAQ_BACKOFF_S": 0.05, "DOWNLOAD_TIMEOUT": 5} | (settings or {}),
        "names": names or {},
    }
    plain = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    environment = plain | {"WARRAQ_ALLOW_HOSTS": ",".join(allow)} | (env or {})
    code, out, log = _warm_process().run((json.dumps(job),), cwd=ROOT, env=environment, timeout=limit_s)
    assert code == 0, log if code else f"not ended within {limit_s} s:\n{log}"
    result = json.loads(out.splitlines()[-1])
    fates = {fate["url"]: Fate(**fate) for fate in result.pop("fates")}
    return Crawl(fates=fates, log=log, **result)


@cache
def _warm_process() -> WarmProcess:
    """The warm process of this process, created on first use; only its forks have a crawl's environment."""
    return WarmProcess("tests.support.crawl_spider", dict(os.environ))
