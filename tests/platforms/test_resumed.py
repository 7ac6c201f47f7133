"""Pages that an earlier run left pending are requested once, whatever this run makes pending meanwhile."""

import asyncio
from pathlib import Path

from crawler.platforms import CategorySpider
from crawler.site import Site
from storage.archive import Archive
from storage.records import Found
from tests.support.archives import frontier

HOME = "https://example.com"


class Example(CategorySpider):
    site = Site("example", f"{HOME}/", categories=("/c/",))


def test_a_page_that_this_run_has_requested_is_not_resumed(tmp_path: Path) -> None:
    async def requested() -> list[str]:
        spider = Example()
        spider.frontier = frontier(archive)
        spider.frontier.enqueue([Found(f"{HOME}/a/2", "listing"), Found(f"{HOME}/1", "article")])
        urls = []
        async for request in spider.start():
            urls.append(request.url)
            if request.url == f"{HOME}/a/2":  # which is read at once, and names the page after it
                spider.mark_seen(f"{HOME}/a/3")
                spider.frontier.enqueue([Found(f"{HOME}/a/3", "listing")])
        return urls

    with Archive.open(tmp_path) as archive:
        archive.add_site("example", f"{HOME}/", None, "SA", "UTC")
        assert asyncio.run(requested()) == [f"{HOME}/1", f"{HOME}/a/2", f"{HOME}/c/"]
