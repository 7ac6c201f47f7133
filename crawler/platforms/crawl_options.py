"""What a crawl was asked for, as its spiders need it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked of this crawl. since, until: articles of days before or after those are not wanted."""

    since: date | None = None
    max_articles: int | None = None
    max_requests: int | None = None  # second looks, redirects and robots.txt among them
    full: bool = False  # walk every listing to its end, known or not
    until: date | None = None
    backfill: bool = False  # walk every channel back to `since`, past what is known

    @property
    def is_thorough(self) -> bool:
        """Whether walks go on past what is known."""
        return self.full or self.backfill
