"""Runs one of the compared crawls in a process of its own; prints its results and costs as JSON.

python -m tests.benchmarks.crawl_parts.compared_crawls, with a job on stdin: {"kind", "sites", "folder", "db_url"}
"""

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import scrapy
import trafilatura
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

from crawler.__main__ import put_off_collections
from crawler.platforms import CategorySpider
from crawler.runs.crawls import CrawlJob, crawl
from crawler.site import Selectors, Site
from tests.benchmarks.crawl_parts.processor_time import ProcessorTime
from tests.benchmarks.crawl_parts.served_sites import FIRST, LINKS, NEXT, ServedSite

KINDS = ("empty", "trafilatura", "warraq")
# The same for all: as many requests at once as a crawl of Warraq has, without its delays.
_RATE = {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 4, "CONCURRENT_REQUESTS_PER_DOMAIN": 4}
_PLAIN = {
    **_RATE,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    "COOKIES_ENABLED": False,
    "ROBOTSTXT_OBEY": True,
}


class ListedSpider(scrapy.Spider):
    """Walks the listings of one served site and asks for each article."""

    pages = 0

    def __init__(self, site: ServedSite, *, reads: bool) -> None:
        super().__init__(site.name)
        self._home = site.home
        self._reads = reads

    async def start(self) -> Any:
        """The first listing."""
        yield scrapy.Request(self._home.rstrip("/") + FIRST)

    def parse(self, response: Response, **_: Any) -> Iterator[Any]:
        """A listing: its articles and the page after it."""
        for link in response.css(f"{LINKS}::attr(href), {NEXT}::attr(href)").getall():
            callback = self.parse if link.startswith("/section") else self.article
            yield response.follow(link, callback, priority=0 if callback == self.parse else 10)

    def article(self, response: Response) -> None:
        """Count an article, and extract it with trafilatura if the job says so."""
        ListedSpider.pages += 1
        if self._reads:
            trafilatura.extract(response.body, url=response.url)


def plain_crawl(sites: list[ServedSite], *, reads: bool) -> int:
    """Crawl with Scrapy alone; the number of articles that answered."""
    process = AsyncCrawlerProcess(_PLAIN)
    for site in sites:
        process.crawl(ListedSpider, site=site, reads=reads)
    process.start()
    return ListedSpider.pages


def warraq_crawl(sites: list[ServedSite], folder: Path, db_url: str | None) -> int:
    """Crawl with Warraq; the number of articles that are in the archive."""
    put_off_collections()  # as `warraq crawl` does
    spiders = [_declared(site) for site in sites]
    hosts = tuple(site.home.split("/")[2] for site in sites)
    job = CrawlJob(spiders, folder, db_url, sites_at_once=len(sites), allow_hosts=hosts, overrides=_RATE)
    runs = crawl(job, quiet=True)
    for run in runs:
        if run.status != "done":
            print(f"{run.site}: {run.status}: {run.message}", file=sys.stderr)
    return sum(run.new for run in runs)


def _declared(site: ServedSite) -> type[CategorySpider]:
    selectors = Selectors(links=LINKS, next_page=NEXT)
    declared = Site(site.name, site.home, categories=(FIRST,), delay_s=0.0, selectors=selectors)
    return type(f"{site.name.title()}Spider", (CategorySpider,), {"site": declared})


def main() -> None:
    """Run the job."""
    job = json.load(sys.stdin)
    sites = [ServedSite(*each) for each in job["sites"]]
    clocks, began = ProcessorTime(), time.perf_counter()
    clocks.start()
    if job["kind"] == "warraq":
        pages = warraq_crawl(sites, Path(job["folder"]), job["db_url"])
    else:
        pages = plain_crawl(sites, reads=job["kind"] == "trafilatura")
    took = time.perf_counter() - began
    print(json.dumps({"pages": pages, "seconds": took, "processor_s": clocks.stop()}))


if __name__ == "__main__":
    main()
