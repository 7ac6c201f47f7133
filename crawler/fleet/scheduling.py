"""A round of the schedule: enqueues the sites that are due, by the same intervals as `crawl --due`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from crawler.fleet.job_queue import Enqueued, JobQueue
from crawler.platforms.base import SiteSpider
from crawler.runs import due_sites
from crawler.translation import _, counted


@dataclass(frozen=True, slots=True)
class Round:
    """Result of one round. paused: sites that are paused or were taken down. not_due: number of sites not due yet.

    notice: a message if no site is due.
    """

    enqueued: Enqueued
    paused: list[str]
    not_due: int
    notice: str | None

    def as_json(self) -> dict[str, object]:
        """The object that `warraq schedule --json` prints."""
        return {
            "enqueued": self.enqueued.added,
            "present": self.enqueued.present,
            "failed": self.enqueued.failed,
            "paused": self.paused,
            "not_due": self.not_due,
        }

    def line(self) -> str:
        """The result in one line, for people."""
        parts = [counted("{n} enqueued", len(self.enqueued.added))]
        if self.enqueued.present:
            parts.append(counted("{n} waiting or being crawled already", len(self.enqueued.present)))
        if self.enqueued.failed:
            parts.append(counted("{n} left alone for an hour, as their crawls failed", len(self.enqueued.failed)))
        if self.paused:
            parts.append(counted("{n} paused", len(self.paused)))
        return _("; ").join([*parts, counted("{n} not due yet", self.not_due)])


async def enqueue_due(
    queue: JobQueue, spiders: Sequence[type[SiteSpider]], folder: Path, db_url: str, now: datetime
) -> Round:
    """Enqueue the sites that are due, the longest due first. Raises ConnectorException."""
    schedules = due_sites.known_schedules(folder, db_url)
    due = due_sites.select_due(spiders, schedules, now, only_due=True)
    left_alone = due.paused | due_sites.taken_down(folder, db_url, due.spiders)
    sites = [spider.site for spider in due.spiders if spider.site.name not in left_alone]

    def due_since(name: str) -> float:
        at = schedules[name].next_at if name in schedules else None
        return at.timestamp() if at is not None else 0.0

    sites.sort(key=lambda site: due_since(site.name))
    return Round(await queue.enqueue(sites), sorted(left_alone), due.left_out, due.notice)
