"""A declared site tried live: each channel, and three articles field by field, before anybody relies on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from crawler.platforms import MultiChannelSpider
from crawler.platforms.base import SiteSpider
from crawler.probe.probe_report import FIELDS, ProbeReport
from crawler.probe.site_probe import look_at
from storage.records import Channel

ESSENTIAL = ("title", "text", "published_at")  # without these an article is of little use to an archive


@dataclass(frozen=True, slots=True)
class Check:
    """What trying a site gave. found: None when it gave no answer. problems: what is essential and does not work."""

    site: str
    found: ProbeReport | None
    problems: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Whether all that is essential does."""
        return not self.problems

    @property
    def fields(self) -> dict[str, int]:
        """In how many of the articles each field was read."""
        articles = self.found.articles if self.found else []
        return {name: sum(sample.fields[name] for sample in articles) for name in FIELDS}

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "site": self.site,
            "works": self.works,
            "problems": list(self.problems),
            "fields": self.fields,
            **(self.found.as_json() if self.found else {}),
        }


def check(spiders: Sequence[type[SiteSpider]], *, allow_hosts: tuple[str, ...] = ()) -> list[Check]:
    """Try the sites, all at once. A process can do this once."""
    due_revisits = look_at([(spider.site, channels_of(spider)) for spider in spiders], allow_hosts=allow_hosts)
    return [
        Check(spider.site.name, None, (str(look),))
        if isinstance(look, Exception)
        else Check(spider.site.name, look, tuple(_problems(spider, look)))
        for spider, look in zip(spiders, due_revisits, strict=True)
    ]


def channels_of(spider: type[SiteSpider]) -> tuple[Channel, ...]:
    """The channels that a crawl of the site may use, those that it falls back on too."""
    if not issubclass(spider, MultiChannelSpider):
        return ("categories",)
    return spider.site.channels or (*spider.channels, *spider.fallback)


def _problems(spider: type[SiteSpider], found: ProbeReport) -> list[str]:
    problems = [f"the site refuses: {found.refusal.value}"] if found.refusal and not found.readable else []
    for channel, declared in _declared(spider).items():
        if declared and channel in channels_of(spider) and not found.working(channel):
            notes = [knock.note for knock in found.checks if knock.channel == channel and knock.note]
            problems.append(f"no declared {_NAMES[channel]} works ({'; '.join(notes) or 'not asked'})")
    if not any(knock.works for knock in found.checks):
        problems.append("no channel names an article")
    elif not found.readable:
        reasons = sorted({sample.reason for sample in found.articles if sample.reason})
        problems.append(f"no article could be read ({', '.join(reasons) or 'none was asked for'})")
    else:
        read = [sample for sample in found.articles if sample.article]
        for name in ESSENTIAL:
            count = sum(sample.fields[name] for sample in read)
            if count * 2 <= len(read):
                problems.append(f"{name} was read in {count} of {len(read)} articles")
    return problems


def _declared(spider: type[SiteSpider]) -> dict[Channel, tuple[str, ...]]:
    site = spider.site
    rest = (site.rest,) if site.rest else ()
    endpoints: dict[Channel, tuple[str, ...]] = {
        "rest": rest,
        "feed": site.feeds,
        "sitemap": site.sitemaps,
        "categories": site.categories,
    }
    return {channel: tuple(urljoin(site.home, url) for url in urls) for channel, urls in endpoints.items()}


_NAMES: dict[Channel, str] = {"rest": "API", "feed": "feed", "sitemap": "sitemap", "categories": "category"}
