"""Live check of a declared site: each channel, and three articles field by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.platforms import MultiChannelSpider
from crawler.platforms.base import SiteSpider
from crawler.probe.probe_report import FIELDS, ProbeReport
from crawler.probe.site_probe import probe_sites
from storage.records import Channel

ESSENTIAL = ("title", "text", "published_at")  # an article without one of these is of little use to an archive


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """Result of a site's check. report: None if the site did not answer. problems: essentials that do not work."""

    site: str
    report: ProbeReport | None
    problems: tuple[str, ...]

    @property
    def works(self) -> bool:
        """Whether everything essential works."""
        return not self.problems

    @property
    def fields(self) -> dict[str, int]:
        """Field name to number of articles that have it."""
        articles = self.report.articles if self.report else []
        return {name: sum(sample.fields[name] for sample in articles) for name in FIELDS}

    def as_json(self) -> dict[str, Any]:
        """The object for `--json`."""
        return {
            "site": self.site,
            "works": self.works,
            "problems": list(self.problems),
            "fields": self.fields,
            **(self.report.as_json() if self.report else {}),
        }


def check(spiders: Sequence[type[SiteSpider]], *, allow_hosts: tuple[str, ...] = ()) -> list[SiteCheck]:
    """Check all sites at the same time. Works once in a process."""
    reports = probe_sites([(spider.site, channels_of(spider)) for spider in spiders], allow_hosts=allow_hosts)
    return [
        SiteCheck(spider.site.name, None, (str(report),))
        if isinstance(report, Exception)
        else SiteCheck(spider.site.name, report, tuple(_problems(spider, report)))
        for spider, report in zip(spiders, reports, strict=True)
    ]


def channels_of(spider: type[SiteSpider]) -> tuple[Channel, ...]:
    """The channels that a crawl of the site may use, with its fallbacks."""
    if not issubclass(spider, MultiChannelSpider):
        return ("categories",)
    return spider.site.channels or (*spider.channels, *spider.fallback)


def _problems(spider: type[SiteSpider], report: ProbeReport) -> list[str]:
    problems = [f"the site refuses: {report.refusal.value}"] if report.refusal and not report.readable else []
    site = spider.site
    declared: tuple[tuple[Channel, str, object], ...] = (
        ("rest", "API", site.rest),
        ("feed", "feed", site.feeds),
        ("sitemap", "sitemap", site.sitemaps),
        ("categories", "category", site.categories),
    )
    for channel, name, endpoints in declared:
        if endpoints and channel in channels_of(spider) and not report.working(channel):
            notes = [check.note for check in report.checks if check.channel == channel and check.note]
            problems.append(f"no declared {name} works ({'; '.join(notes) or 'not asked'})")
    if not any(check.works for check in report.checks):
        problems.append("no channel names an article")
    elif not report.readable:
        reasons = sorted({sample.reason for sample in report.articles if sample.reason})
        problems.append(f"no article could be read ({', '.join(reasons) or 'none was asked for'})")
    else:
        read = [sample for sample in report.articles if sample.article]
        for name in ESSENTIAL:
            count = sum(sample.fields[name] for sample in read)
            if count * 2 <= len(read):
                problems.append(f"{name} was read in {count} of {len(read)} articles")
    return problems
