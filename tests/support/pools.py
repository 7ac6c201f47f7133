"""Pools of extraction processes with an extractor that is slow, hangs, raises or kills its process."""

import asyncio
import ctypes
import os
import signal
import time
from datetime import UTC, datetime

from crawler.extract import extract
from crawler.profile.site_profile import SiteProfile
from crawler.site import Site
from crawler.workers import worker_main
from crawler.workers.pool import ExtractorPool
from crawler.workers.worker_main import extract_within_limit
from storage.records import Capture, Extraction, Reason

SITE = Site("example", "https://news.example/")


GOOD = (
    "<html lang=ar><body><article><h1>افتتاح محطة تحلية جديدة في شمال البلاد</h1>"
    "<p>افتتحت وزارة المياه محطة تحلية جديدة تكفي نصف مليون نسمة، وقال الوزير إن العمل بها استمر عامين كاملين.</p>"
    "<p>وأضاف أن المحطة ستزود المدن الساحلية بالمياه خلال فصل الصيف، وأن محطة ثانية ستفتتح العام المقبل.</p></article>"
)


def capture(html: str = GOOD) -> Capture:
    now = datetime(2025, 10, 28, 12, tzinfo=UTC)
    return Capture("https://news.example/1/", "example", now, 200, (("Content-Type", "text/html"),), html.encode())


def slow(_capture: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    while True:
        pass


def deadly(read: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    if b"deadly" in read.body:
        os.kill(os.getpid(), signal.SIGSEGV)
    return Extraction(reason=Reason.LISTING)


def deadly_once_read(read: Capture, site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    if b"deadly" in read.body:
        os.kill(os.getpid(), signal.SIGKILL)
    return extract(read, site, profile=profile, part_of=part_of)


def deadly_always(_capture: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    os.kill(os.getpid(), signal.SIGKILL)
    return Extraction()


def holding(_capture: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    ctypes.PyDLL(None).sleep(600)  # in C, with Python's lock: no other thread and no signal handler runs
    return Extraction(reason=Reason.LISTING)


def greedy(read: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    if b"greedy" in read.body:
        raise MemoryError
    return Extraction(reason=Reason.LISTING)


def stuck(read: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    if b"stuck" in read.body:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})  # as a long call into C does
        time.sleep(600)
    return Extraction(reason=Reason.LISTING)


def raising(_capture: Capture, _site: Site, *, profile: SiteProfile, part_of: str | None) -> Extraction:
    raise RecursionError("too deep")


class Patched(ExtractorPool):
    """Processes with another extraction function, to simulate a parser's bug."""

    def __init__(self, function: str, limit_s: float = 1.0) -> None:
        super().__init__(2, limit_s=limit_s)
        self._function = function

    def _call(self, read: Capture, site: Site, profile: SiteProfile, part_of: str | None) -> tuple[object, ...]:
        return (read_with, self._function, read, site, self._limit_s)


def read_with(function: str, read: Capture, site: Site, limit_s: float) -> Extraction:
    worker_main.extract = globals()[function]
    return extract_within_limit(read, site, limit_s)


def read_all(pool: ExtractorPool, *pages: str) -> list[Extraction]:
    async def run() -> list[Extraction]:
        return await asyncio.gather(*(pool.extract(capture(html), SITE) for html in pages))

    try:
        return asyncio.run(run())
    finally:
        pool.close()
