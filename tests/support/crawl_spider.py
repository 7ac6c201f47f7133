"""The crawl that tests/support/hostile.py runs. Its argument is the job; it prints the outcome of each URL."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.support.faults import stub_resolver  # isort: skip  before Twisted, which takes getaddrinfo

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from crawler.site import Site
from tests.support.faults.memory import peak_mb

JOB: dict[str, Any] = {}  # what `main` was given


def listening() -> list[str]:
    """The local addresses of the sockets on which this process itself listens."""
    own = set()
    for entry in Path("/proc/self/fd").iterdir():
        try:
            own.add(str(entry.readlink()))
        except OSError:
            continue
    addresses = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/self/net/{table}").read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A" and f"socket:[{columns[9]}]" in own:
                addresses.append(columns[1])
    return addresses


class Probe(scrapy.Spider):
    """Requests the job's URLs and records the outcome of each."""

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
    stub_resolver.NAMES.update(JOB["names"])
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
