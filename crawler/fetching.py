"""One page from the web, by the same rules as a crawl: robots.txt, addresses, sizes, the honest name."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from scrapy import Request
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.errors import WarraqError
from crawler.platforms.base import SiteSpider, capture_of
from crawler.runs import Plan, project_settings
from crawler.site import Site
from storage.records import Capture


class Unreachable(WarraqError):
    """The page gave no answer, or may not be asked for."""


def fetch_one(url: str, site: Site, *, allow_hosts: tuple[str, ...] = ()) -> Capture:
    """GET one URL. A process can do this once. Raises Unreachable with the cause."""
    got: list[Any] = []

    class OnePage(SiteSpider):
        async def start(self) -> AsyncIterator[Any]:
            yield Request(url, callback=self.keep, errback=self.tell, meta={"kind": "article"}, dont_filter=True)

        def keep(self, response: Response) -> None:
            got.append(capture_of(response, site.name, self.now()))

        def tell(self, failure: Failure) -> None:
            got.append(str(failure.value) or type(failure.value).__name__)

    OnePage.site, OnePage.name = site, site.name
    plan = Plan([OnePage], Path(), allow_hosts=allow_hosts, overrides={"ITEM_PIPELINES": {}, "DOWNLOAD_DELAY": 0})
    process = AsyncCrawlerProcess(project_settings(plan))
    process.crawl(OnePage)
    process.start()
    if not got or isinstance(got[0], str):
        raise Unreachable(f"cannot fetch {url}: {got[0] if got else 'no answer'}")
    capture: Capture = got[0]
    return capture
