"""Selection of the sites that are due and not paused, and the update of a site's schedule after a run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from crawler.platforms.base import SiteSpider
from crawler.platforms.run_statistics import RunStatistics
from crawler.platforms.spider_context import Options
from storage.db.database import open_readonly, read_transaction
from storage.errors import ArchiveError, NoArchive
from storage.messages import message
from storage.schedule.intervals import Crawled
from storage.schedule.site_schedules import SiteSchedule, note_crawl, site_schedules
from storage.writing.site_removal import taken_down_since


@dataclass(frozen=True, slots=True)
class DueSites:
    """The sites of one command. spiders: those that are due, and those that are paused. paused: site to message.

    next_due: the first site that is not due yet, and when it will be. left_out: number of sites that are not due yet.
    """

    spiders: list[type[SiteSpider]]
    paused: dict[str, str] = field(default_factory=dict)
    next_due: tuple[str, datetime] | None = None
    left_out: int = 0

    @property
    def notice(self) -> str | None:
        """A message for the operator if no site is due; else None."""
        if self.next_due is None or any(spider.name not in self.paused for spider in self.spiders):
            return None
        site, at = self.next_due
        return message("nothing is due; next is {site} at {at:%Y-%m-%d %H:%M} UTC", site=site, at=at)


def known_schedules(folder: Path, db_url: str | None) -> dict[str, SiteSchedule]:
    """The schedules in an archive; {} if it does not exist yet or can't be read. The crawl reports or upgrades it."""
    try:
        return site_schedules(open_readonly(folder, db_url))
    except (NoArchive, ArchiveError):
        return {}


def taken_down(folder: Path, db_url: str | None, spiders: Sequence[type[SiteSpider]]) -> dict[str, str]:
    """Sites that were taken down from the archive, with a message for each: nothing is requested from them."""
    try:
        with read_transaction(open_readonly(folder, db_url)) as connection:
            since = taken_down_since(connection, {spider.site.name: spider.site.home for spider in spiders})
    except (NoArchive, ArchiveError):
        return {}
    return {site: f"taken down from this archive on {at:%Y-%m-%d}, nothing was asked" for site, at in since.items()}


def select_due(
    spiders: Sequence[type[SiteSpider]], schedules: Mapping[str, SiteSchedule], now: datetime, *, only_due: bool
) -> DueSites:
    """Split the sites into paused, due and later ones. Without only_due, every site is due. now: aware."""
    kept: list[type[SiteSpider]] = []
    paused: dict[str, str] = {}
    later: dict[str, datetime] = {}
    for spider in spiders:
        schedule = schedules.get(spider.site.name, SiteSchedule())
        if schedule.is_paused(now):
            paused[spider.site.name] = describe_pause(schedule)
        elif only_due and schedule.next_at is not None and not schedule.is_due(now):
            later[spider.site.name] = schedule.next_at
            continue
        kept.append(spider)
    first = min(later, key=lambda site: later[site], default=None)
    return DueSites(kept, paused, (first, later[first]) if first is not None else None, len(later))


def note_run(
    engine: Engine, run: RunStatistics, spider: type[SiteSpider], options: Options, *, began: datetime
) -> None:
    """Set when the site is due next, by the number of articles that its crawl found.

    A crawl of a part of the site changes nothing. A crawl that was stopped left pages behind, so the site stays due. If
    it was stopped by the time limit and no page had answered, the site is crawled less and less often.
    """
    in_part = options.max_articles is not None or options.is_thorough or bool(getattr(spider, "targets", ()))
    answered = run.listings > 0 or run.articles > 0
    left_something = run.status == "interrupted" and (answered or run.stopped_by != "time")
    if run.archive_error is None and not in_part and not left_something:
        listed = max((count.found for count in run.channels.values()), default=0) or run.links
        note_crawl(engine, run.site, Crawled(run.new, listed, answered=answered), began=began)


def describe_pause(schedule: SiteSchedule) -> str:
    """A message: since when and until when a site is paused, and the command that resumes it."""
    since = f"{schedule.paused_at:%Y-%m-%d}" if schedule.paused_at else "?"
    until = f" until {schedule.paused_until:%Y-%m-%d %H:%M} UTC" if schedule.paused_until else ""
    return f"paused since {since}{until}, nothing was asked; `warraq resume` ends it"
