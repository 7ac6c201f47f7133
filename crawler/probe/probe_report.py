"""What looking at a site found: the doors that lead in, and how its articles are read."""

from dataclasses import dataclass, field
from typing import Any

from crawler.probe.channel_check import ChannelCheck
from crawler.probe.fetch import NoAnswer
from crawler.site import Site
from crawler.workers.pool import TIME_LIMIT_S, extract_within_limit
from storage.records import Article, Capture, Extraction, Reason, article_json

FIELDS = ("title", "text", "published_at", "authors", "section", "tags", "description", "image")


@dataclass(frozen=True, slots=True)
class Sample:
    """One article page as it was read. article: None where `reason` says why there is none; capture: its bytes."""

    url: str
    article: Article | None
    reason: str | None
    capture: Capture | None

    @property
    def fields(self) -> dict[str, bool]:
        """Which of FIELDS were read."""
        record = article_json(self.article) if self.article else {}
        return {name: bool(record.get(name)) for name in FIELDS}

    def as_json(self) -> dict[str, Any]:
        """For `--json`: the text is told by its length and beginning."""
        record = article_json(self.article) if self.article else {}
        text = record.pop("text", None)
        words = len(text.split()) if text else 0
        return {"url": self.url, "reason": self.reason, "words": words, "begins": (text or "")[:200] or None, **record}


@dataclass(slots=True)
class ProbeReport:
    """What a probe found. checks: every door that was tried, whether it works or not, best channel first.

    home: where the site answered. title: as the site calls itself. delay_s: robots.txt's Crawl-delay. refusal: what
    the site answered instead of its home page. guessed_feed: one that works and that the home page does not name.
    browser: a browser ran the scripts of its pages.
    country, timezone: a guess from the domain and the API; None: no clue.
    """

    home: str
    title: str | None = None
    theme: str | None = None
    country: str | None = None
    timezone: str | None = None
    delay_s: float | None = None
    refusal: Reason | None = None
    named_sitemaps: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    guessed_feed: str | None = None
    browser: bool = False
    checks: list[ChannelCheck] = field(default_factory=list)
    articles: list[Sample] = field(default_factory=list)
    requests: int = 0
    seconds: float = 0.0

    def working(self, channel: str) -> list[ChannelCheck]:
        """The doors of that channel that name articles."""
        return [endpoint for endpoint in self.checks if endpoint.channel == channel and endpoint.works]

    @property
    def readable(self) -> bool:
        """Whether one article at least was read."""
        return any(sample.article for sample in self.articles)

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "home": self.home,
            "title": self.title,
            "theme": self.theme,
            "country": self.country,
            "timezone": self.timezone,
            "crawl_delay_s": self.delay_s,
            "refusal": self.refusal.value if self.refusal else None,
            "robots_sitemaps": list(self.named_sitemaps),
            "categories": list(self.categories),
            "doors": [check.as_json() for check in self.checks],
            "articles": [sample.as_json() for sample in self.articles],
            "requests": self.requests,
            "seconds": round(self.seconds, 1),
        }


def read_sample(url: str, answer: Capture | NoAnswer, site: Site) -> Sample:
    """One article page, read within the usual time limit. Call it outside of a running reactor."""
    if isinstance(answer, NoAnswer):
        return Sample(url, None, answer.detail, None)
    reading: Extraction = extract_within_limit(answer, site, TIME_LIMIT_S)
    article = reading.articles[0] if reading.articles else None
    return Sample(url, article, reading.reason.value if reading.reason else None, answer)
