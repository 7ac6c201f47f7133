"""One article page fetched and archived by itself: a crawl of that page alone, by all rules of a crawl."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from crawler.platforms.base import SiteSpider
from crawler.platforms.items import Fetched, Missed
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Options
from crawler.runs.crawls import CrawlJob, crawl
from crawler.site import Site
from storage.records import Reason, RunKind, Saved

_MOST_PAGES = 2  # a further page of an article leads to its first one


@dataclass(frozen=True, slots=True)
class SavedPage:
    """What became of the page. saved: its article; None: it gave none, for that reason. run: that of the one page."""

    run: RunStatistics
    saved: Saved | None
    reason: str | None
    detail: str | None


def save_page(
    url: str, site: Site, folder: Path, db_url: str | None = None, *, allow_hosts: tuple[str, ...] = ()
) -> SavedPage:
    """Fetch the page now, also where it is known, and archive it. Works once in a process. Raises as `crawl`.

    The run counts as none of the site's crawls: health and schedule don't see it.
    """
    items: list[Any] = []

    class PageSpider(SiteSpider):
        run_kind: ClassVar[RunKind] = "save"

        async def start(self) -> AsyncIterator[Any]:
            self.began = self.now()
            self.statistics.is_single_page = True
            request = self.article_request(url)
            request.meta["validators"] = (
                None,
                None,
            )  # the bytes of now are wanted, not the word that they are the same
            yield request

        def note_item(self, item: Any) -> None:
            super().note_item(item)
            items.append(item)

    PageSpider.site, PageSpider.name = site, site.name
    PageSpider.custom_settings = {"DOWNLOAD_DELAY": site.delay_s}
    job = CrawlJob([PageSpider], folder, db_url, Options(max_articles=_MOST_PAGES), allow_hosts=allow_hosts)
    (run,) = crawl(job, quiet=True)
    saved = next((each.saved for each in reversed(items) if isinstance(each, Fetched) and each.saved), None)
    if saved is not None:
        return SavedPage(run, saved, None, None)
    missed = next((each for each in items if isinstance(each, Missed)), None)
    reason = missed.reason.value if missed else next(iter(run.reasons), None)
    detail = missed.detail if missed else run.details.get(reason or "", run.message)
    return SavedPage(run, None, reason or Reason.UNREACHABLE.value, detail)
