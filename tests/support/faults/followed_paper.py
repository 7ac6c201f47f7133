"""A newspaper of twelve articles on loopback, crawled repeatedly at given times."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from storage.archive import Archive
from storage.db.schema import articles, events, pages
from tests.support.archives import rows
from tests.support.faults.crawls import Crawled, crawl_at
from tests.support.hostile import Answer, Server
from tests.support.newspapers.small_site import MENU, article, listing

START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=20)
NUMBERS = range(1, 13)
HOURS = (0, 5, 6, 30, 55)  # the first crawl, and revisits at which a missing page is believed to be gone


@dataclass
class Followed:
    """A newspaper of twelve articles, and functions that crawl it."""

    folder: Path
    server: Server

    def crawl(self, hours: float) -> Crawled:
        return crawl_at(START + timedelta(hours=hours), self.server.url(), folder=self.folder)

    def answer(self, numbers: Any, answer: Callable[[int], Answer]) -> None:
        self.server.answers.update({f"/n/{n}/": answer(n) for n in numbers})

    def held(self) -> dict[str, tuple[str, str, int]]:
        """The archived articles: title, state and number of versions by URL."""
        with Archive.open(self.folder / "archive") as archive:
            return {
                row["url"].partition("/n/")[2]: (row["title"], row["status"], row["version"])
                for row in rows(archive, articles)
            }

    def told(self) -> list[dict[str, Any]]:
        with Archive.open(self.folder / "archive") as archive:
            return rows(archive, events)

    def missing(self) -> set[str]:
        """The numbers of the articles whose pages the archive has as missing."""
        with Archive.open(self.folder / "archive") as archive, archive.engine.connect() as connection:
            urls = connection.scalars(select(pages.c.url).where(pages.c.missing_since.is_not(None)))
            return {url.rstrip("/").rsplit("/", 1)[1] for url in urls}


def paper_of(numbers: Any) -> dict[str, Answer]:
    """The newspaper's answers by path: the home page, two categories, the articles."""
    lists = {"/": listing(range(1, 7), menu=MENU), "/c/a/": listing(NUMBERS), "/c/b/": listing([2, 4])}
    return lists | {f"/n/{n}/": article(n) for n in numbers}
