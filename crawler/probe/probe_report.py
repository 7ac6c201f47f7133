"""Probe report: the checks of a site's endpoints, and sample articles as they were extracted."""

from dataclasses import dataclass, field
from typing import Any

from crawler.probe.channel_check import ChannelCheck
from crawler.probe.fetch import NoAnswer
from crawler.site import Site
from crawler.workers.pool import TIME_LIMIT_S
from crawler.workers.worker_main import extract_within_limit
from storage.records import Article, Capture, Reason, article_json

FIELDS = ("title", "text", "published_at", "authors", "section", "tags", "description", "image")


@dataclass(frozen=True, slots=True)
class Sample:
    """One article page and its extraction. article: None; then `reason` says why. capture: None without a response."""

    url: str
    article: Article | None
    reason: str | None
    capture: Capture | None

    @property
    def fields(self) -> dict[str, bool]:
        """Which of FIELDS the article has."""
        record = article_json(self.article) if self.article else {}
        return {name: bool(record.get(name)) for name in FIELDS}

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`, with the number of words and the beginning instead of the text."""
        record = article_json(self.article) if self.article else {}
        text = record.pop("text", None)
        words = len(text.split()) if text else 0
        return {"url": self.url, "reason": self.reason, "words": words, "begins": (text or "")[:200] or None, **record}


@dataclass(slots=True)
class ProbeReport:
    """Results of a probe. checks: of every endpoint that was tried, working or not, best channel first.

    home: the URL after redirects. title: as the site states it. delay_s: robots.txt's Crawl-delay. refusal: why the
    site did not return its home page. guessed_feed: a working feed that the home page does not link to. browser:
    whether a browser ran the pages' scripts. country, timezone: guessed from the domain and the API; None: unknown.
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
        """The checks of that channel's endpoints that link to articles."""
        return [check for check in self.checks if check.channel == channel and check.works]

    @property
    def readable(self) -> bool:
        """Whether an article was extracted."""
        return any(sample.article for sample in self.articles)

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
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


def extract_sample(url: str, answer: Capture | NoAnswer, site: Site) -> Sample:
    """Extract one article page within the usual time limit. No reactor may run: the limit uses an alarm signal."""
    if isinstance(answer, NoAnswer):
        return Sample(url, None, answer.detail, None)
    extraction = extract_within_limit(answer, site, TIME_LIMIT_S)
    return Sample(url, extraction.article, extraction.reason.value if extraction.reason else None, answer)
