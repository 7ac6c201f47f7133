"""The crawl that tests/support/hostile.py runs: its job is the argument, what became of the URLs goes to stdout."""

import json
import re
import socket
import sys
import time
from pathlib import Path
from typing import Any

JOB: dict[str, Any] = {}  # what `main` was given


def stub_resolver(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
    """getaddrinfo that knows literals and the job's names, and asks nobody."""
    answers = JOB["names"].get(host)
    if answers is None:
        return REAL(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [
        (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (answer, port, 0, 0))
        if ":" in answer
        else (socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port))
        for answer in answers
    ]


REAL = socket.getaddrinfo
# Twisted takes the function when it is imported.
assert "twisted.internet" not in sys.modules
socket.getaddrinfo = stub_resolver  # type: ignore[assignment]

import scrapy  # noqa: E402
from scrapy.crawler import AsyncCrawlerProcess  # noqa: E402
from scrapy.utils.project import get_project_settings  # noqa: E402

from crawler.site import Site  # noqa: E402


def listening() -> list[str]:
    """Local addresses of the sockets on which this very process listens."""
    own = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            own.add(str(entry.readlink()))
        except OSError:
            continue
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A" and f"socket:[{columns[9]}]" in own:
                found.append(columns[1])
    return found


def peak_mb() -> float:
    """Most memory that this process held; getrusage would count what its parent held when it forked."""
    match = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    assert match is not None
    return int(match[1]) / 1024


class Probe(scrapy.Spider):
    """Asks for the job's URLs and notes every fate."""

    name = "probe"
    fates: dict[str, dict[str, Any]]
    seen: set[str]

    async def start(self) -> Any:
        self.fates = {}
        self.seen = set()
        if JOB["home"]:
            self.site = Site("probe", JOB["home"])
        for entry in JOB["urls"]:
            yield scrapy.Request(
                entry["url"],
                callback=self.answered,
                errback=self.failed,
                meta=entry.get("meta"),
                cb_kwargs={"asked": entry["url"]},
                dont_filter=True,
            )

    def note(self, asked: str, **fate: Any) -> None:
        self.seen.update(listening())
        self.fates[asked] = {"url": asked} | fate

    def answered(self, response: Any, asked: str) -> None:
        self.note(asked, status=response.status, size=len(response.body), final=response.url)

    def failed(self, failure: Any) -> None:
        error = failure.value
        response = getattr(error, "response", None)
        self.note(
            failure.request.cb_kwargs["asked"],
            error=type(error).__name__,
            status=getattr(response, "status", None),
            reason=getattr(error, "reason", None),
            retry=getattr(error, "retry", None),
            message=str(error),
        )


def main() -> None:
    """Run the job in the first argument."""
    JOB.update(json.loads(sys.argv[1]))
    settings = get_project_settings()
    settings.setdict(JOB["settings"], priority="cmdline")
    process = AsyncCrawlerProcess(settings)
    began = time.monotonic()
    crawler = process.create_crawler(Probe)
    process.crawl(crawler)
    process.start()
    spider: Any = crawler.spider
    result = {
        "fates": list(spider.fates.values()),
        "listening": sorted(spider.seen),
        "stats": {name: str(value) for name, value in crawler.stats.get_stats().items()},
        "peak_mb": peak_mb(),
        "seconds": time.monotonic() - began,
    }
    print(json.dumps(result))
