"""Options of one crawl, as its spiders need them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for. since, until: articles of earlier and later days are not wanted."""

    since: date | None = None
    max_articles: int | None = None
    max_requests: int | None = None  # including revisits, redirects and robots.txt
    full: bool = False  # walk every listing to its end, known or not
    until: date | None = None
    backfill: bool = False  # walk every channel back to `since`, past what is known

    @property
    def is_thorough(self) -> bool:
        """Whether walks continue past known articles."""
        return self.full or self.backfill
