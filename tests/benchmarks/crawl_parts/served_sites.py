"""Serves the crawled sites: invented newspapers on loopback, one address each, in a process of their own.

The responses are made before the first request, so that the server takes little time from the crawls.
"""

import asyncio
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from w3lib.url import safe_url_string

from tests.benchmarks.invented.sets import invented_sites
from tests.benchmarks.invented.sites import InventedSite

PER_LISTING = 40
LINKS = "main h3 a"  # of a listing: its articles
NEXT = "a.next"  # and the page after it
FIRST = "/section?page=1"


@dataclass(frozen=True, slots=True)
class ServedSite:
    """name: as a site file has it. home: its URL. articles: how many its listings name."""

    name: str
    home: str
    articles: int


@dataclass(frozen=True, slots=True)
class Served:
    """pid: of the server's process, whose processor time is no crawl's."""

    sites: tuple[ServedSite, ...]
    pid: int


@contextmanager
def serving(sites: int, articles: int) -> Iterator[Served]:
    """Serve so many sites (at most 18) with so many articles each."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, sites, articles), daemon=True)
    process.start()
    try:
        yield Served(tuple(ServedSite(*each) for each in ours.recv()), process.pid or 0)
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, number: int, articles: int) -> None:
    chosen = invented_sites("developed", articles=articles)[:number]
    asyncio.run(_answer(pipe, chosen))


async def _answer(pipe: Connection, sites: list[InventedSite]) -> None:
    loop, requests_seen = asyncio.get_running_loop(), []
    for place, site in enumerate(sites, 2):
        answers: dict[bytes, bytes] = {}
        address = f"127.0.0.{place}"
        server = await loop.create_server(lambda answers=answers: _Answers(answers), address, 0)  # type: ignore[misc]
        home = f"http://{address}:{server.sockets[0].getsockname()[1]}/"
        answers.update(_answers(site, home))
        requests_seen.append((site.name, home, len(site.cases)))
    pipe.send(requests_seen)
    while os.getppid() != 1:
        await asyncio.sleep(1)


def _answers(site: InventedSite, home: str) -> Iterator[tuple[bytes, bytes]]:
    """Each path with the answer to its request."""
    theirs = f"https://{site.host}/".encode()
    paths = []
    for case in site.cases:
        parts = urlsplit(safe_url_string(case.gold.url))
        paths.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        yield paths[-1].encode(), _answer_of(case.body.replace(theirs, home.encode()), case.content_type)
    for start in range(0, len(paths), PER_LISTING):
        links = "".join(f'<h3><a href="{path}">خبر</a></h3>' for path in paths[start : start + PER_LISTING])
        number = start // PER_LISTING + 1
        following = f'<a class="next" href="/section?page={number + 1}">التالي</a>'
        body = f"<html><body><main>{links}</main>{following if start + PER_LISTING < len(paths) else ''}</body></html>"
        yield f"/section?page={number}".encode(), _answer_of(body.encode(), "text/html; charset=utf-8")
    yield b"/robots.txt", _answer_of(b"User-agent: *\nAllow: /\n", "text/plain")


def _answer_of(body: bytes, content_type: str) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


class _Answers(asyncio.Protocol):
    """One connection: an answer to each request."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        self._answers = answers
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep where the answers go."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        *requests, self._received = (self._received + data).split(b"\r\n\r\n")
        for request in requests:
            answer = self._answers.get(request.split(b" ", 2)[1])
            self._transport.write(answer or b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
