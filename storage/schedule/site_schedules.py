"""The stored schedule of every site: updated after each crawl, read by `crawl --due`, paused and resumed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from storage.db.database import insert_into, read_transaction, write
from storage.db.schema import schedules
from storage.schedule import intervals
from storage.schedule.intervals import Crawled, Rhythm


@dataclass(frozen=True, slots=True)
class SiteSchedule:
    """The crawl times of a site. Instants are aware.

    crawled_at: start of the last crawl that counted; None: no crawl yet. next_at: when the next one is due; None: now.
    failures: number of consecutive crawls that could read nothing. hours: as for `intervals.is_quiet`. paused_until:
    None: until resumed.
    """

    interval: timedelta = intervals.START
    crawled_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    hours: tuple[float, ...] = ()
    paused_at: datetime | None = None
    paused_until: datetime | None = None

    @property
    def rhythm(self) -> Rhythm:
        """The part of the schedule that a crawl changes."""
        return Rhythm(self.interval, self.crawled_at, self.next_at, self.failures, self.hours)

    def is_due(self, now: datetime) -> bool:
        """Whether the site is to be crawled now."""
        if self.crawled_at is not None and self.crawled_at > now:  # written with a wrong clock
            return True
        return self.next_at is None or self.next_at - self.interval * intervals.SLACK <= now

    def is_paused(self, now: datetime) -> bool:
        """Whether the operator's pause is in effect now."""
        return self.paused_at is not None and (self.paused_until is None or now < self.paused_until)


def site_schedules(engine: Engine) -> dict[str, SiteSchedule]:
    """The schedules by site. A site without a schedule was never crawled or paused, and is due."""
    with read_transaction(engine) as connection:
        return {row["site"]: _schedule(row) for row in connection.execute(select(schedules)).mappings()}


def note_crawl(engine: Engine, site: str, crawled: Crawled, *, began: datetime) -> None:
    """Update a site's schedule after a crawl. began: its start. The first crawl does not change the interval."""

    def change(connection: Connection) -> None:
        after = intervals.after_crawl(_held(connection, site).rhythm, crawled, began)
        _set(
            connection,
            site,
            interval_s=round(after.interval.total_seconds()),
            crawled_at=began,
            next_at=after.next_at,
            failures=after.failures,
            hours=list(after.hours),
        )

    write(engine, change)


def pause(engine: Engine, sites: Iterable[str], *, now: datetime, until: datetime | None = None) -> None:
    """Pause crawls of sites from now on. until: aware; None: until they are resumed."""

    def change(connection: Connection) -> None:
        for site in sites:
            _set(connection, site, paused_at=now, paused_until=until)

    write(engine, change)


def resume(engine: Engine, sites: Iterable[str]) -> None:
    """End the pause of sites; they are crawled when due."""
    paused = schedules.c.site.in_(list(sites))
    write(engine, lambda each: each.execute(update(schedules).where(paused).values(paused_at=None, paused_until=None)))


def _held(connection: Connection, site: str) -> SiteSchedule:
    row = connection.execute(select(schedules).where(schedules.c.site == site)).mappings().first()
    return _schedule(row) if row is not None else SiteSchedule()


def _schedule(row: Any) -> SiteSchedule:
    values = {name: row[name] for name in SiteSchedule.__slots__ if name not in ("interval", "hours")}
    return SiteSchedule(interval=timedelta(seconds=row["interval_s"]), hours=tuple(row["hours"]), **values)


def _set(connection: Connection, site: str, **values: Any) -> None:
    first = {"interval_s": round(intervals.START.total_seconds()), "failures": 0, "hours": []} | values
    new = insert_into(connection, schedules).values(site=site, **first)
    connection.execute(new.on_conflict_do_update(index_elements=["site"], set_=values))
