"""The schedule's round: what is due is enqueued, by the intervals that `crawl --due` goes by."""

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
    """What one round did. paused: sites that are paused or were taken down. not_due: how many are not due yet.

    notice: what to say where nothing is due.
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
        """The same, for people."""
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
    """Enqueue those of the sites that are due, the longest due first. Raises ConnectorException."""
    schedules = due_sites.known_schedules(folder, db_url)
    due = due_sites.select_due(spiders, schedules, now, only_due=True)
    left_alone = due.paused | due_sites.taken_down(folder, db_url, due.spiders)
    sites = [spider.site for spider in due.spiders if spider.site.name not in left_alone]

    def due_since(name: str) -> float:
        at = schedules[name].next_at if name in schedules else None
        return at.timestamp() if at is not None else 0.0

    sites.sort(key=lambda site: due_since(site.name))
    return Round(await queue.enqueue(sites), sorted(left_alone), due.left_out, due.notice)
