"""The past runs of a site: counts, reasons, and the completeness of their new articles. Read-only.

crawler.health evaluates them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, Text, cast, func, select

from storage.db.clock import latest_believed
from storage.db.database import read_transaction
from storage.db.schema import articles, captures, runs, versions

MOST_RUNS = 1500  # two months of hourly runs
MOST_ARTICLES = 2000  # new articles whose completeness is read, newest first
IS_CRAWL = runs.c.kind.not_in(("import", "save"))  # saving a single page says nothing about its site
FIELDS = ("published_at", "authors", "section", "image")


@dataclass(frozen=True, slots=True)
class Completeness:
    """Completeness of one new article: number of words of its text, and which of FIELDS it has."""

    words: int
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One finished run of a site. Instants are aware. found: the column runs.found, {} if unknown.

    completeness: of its new articles, as they are now; () for runs beyond the newest MOST_ARTICLES articles.
    """

    run_id: int
    site: str
    started_at: datetime
    finished_at: datetime | None
    status: str
    message: str | None
    requests: int
    new: int
    changed: int
    same: int
    gone: int
    reasons: dict[str, int]
    found: dict[str, Any]
    completeness: tuple[Completeness, ...] = ()


def crawled_sites(engine: Engine) -> list[str]:
    """The names of the sites that have runs."""
    with read_transaction(engine) as connection:
        return list(connection.scalars(select(runs.c.site).distinct().order_by(runs.c.site)))


def crawled_since(engine: Engine, site: str, since: datetime, *, now: datetime) -> bool:
    """Whether a crawl of the site began after `since`, not after `now`, and ended normally."""
    ended = runs.c.status.in_(("done", "unhealthy"))
    within = (runs.c.started_at > since, runs.c.started_at <= now)
    begun = select(runs.c.id).where(runs.c.site == site, *within, ended, IS_CRAWL).limit(1)
    with read_transaction(engine) as connection:
        return connection.scalar(begun) is not None


def last_starts(engine: Engine, *, now: datetime) -> dict[str, datetime]:
    """The start of each site's newest run. Runs that a wrong clock dated in the future do not count."""
    newest = (
        select(runs.c.site, func.max(runs.c.started_at).label("at"))
        .where(runs.c.started_at <= now, IS_CRAWL)
        .group_by(runs.c.site)
    )
    with read_transaction(engine) as connection:
        return {row.site: row.at for row in connection.execute(newest)}


def future_runs(engine: Engine, *, now: datetime | None = None) -> dict[str, datetime]:
    """The latest start of runs dated in the future, by site. now: aware; None: the present time."""
    return _latest(engine, runs.c.started_at, runs.c.started_at > latest_believed(now))


def last_imports(engine: Engine) -> dict[str, datetime]:
    """The end of the last import into each site."""
    return _latest(engine, runs.c.finished_at, (runs.c.kind == "import") & runs.c.finished_at.is_not(None))


def _latest(engine: Engine, time: Column[Any], condition: ColumnElement[bool]) -> dict[str, datetime]:
    latest = select(runs.c.site, func.max(time).label("at")).where(condition).group_by(runs.c.site)
    with read_transaction(engine) as connection:
        return {row.site: row.at for row in connection.execute(latest)}


def run_records(engine: Engine, site: str, *, now: datetime | None = None) -> list[RunRecord]:
    """The site's finished crawls, newest first, at most MOST_RUNS.

    Imports and runs that saved a single page are left out, as are runs dated in the future (`future_runs`). now: aware;
    None: the present time.
    """
    crawls = (runs.c.site == site) & IS_CRAWL & (runs.c.started_at <= latest_believed(now))
    finished = select(runs).where(crawls, runs.c.status != "running")
    newest = finished.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(MOST_RUNS)
    with read_transaction(engine) as connection:
        rows = connection.execute(newest).all()
        completeness = _completeness(connection, [row.id for row in rows if row.new])
    return [_record(row, completeness.get(row.id, [])) for row in rows]


def _record(row: Row[Any], completeness: list[Completeness]) -> RunRecord:
    return RunRecord(
        run_id=row.id,
        site=row.site,
        started_at=row.started_at,
        finished_at=row.finished_at,
        status=row.status,
        message=row.message,
        requests=row.requests,
        new=row.new,
        changed=row.changed,
        same=row.same,
        gone=row.gone,
        reasons=row.reasons or {},
        found=row.found or {},
        completeness=tuple(completeness),
    )


def _completeness(connection: Connection, run_ids: list[int]) -> dict[int, list[Completeness]]:
    """The completeness of new articles by run. An article is new in the run of its first version's capture."""
    statement = (
        select(
            captures.c.run_id,
            articles.c.word_count,
            articles.c.published_at.is_not(None),
            cast(articles.c.authors, Text) != "[]",
            articles.c.section.is_not(None),
            articles.c.image.is_not(None),
        )
        .join_from(captures, versions, versions.c.capture_id == captures.c.id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(captures.c.run_id.in_(run_ids[:200]), versions.c.number == 1, articles.c.status != "removed")
        .order_by(captures.c.run_id.desc(), captures.c.id.desc())
        .limit(MOST_ARTICLES)
    )
    by_run: dict[int, list[Completeness]] = {}
    for run_id, words, *has in connection.execute(statement):
        fields = frozenset(name for name, there in zip(FIELDS, has, strict=True) if there)
        by_run.setdefault(run_id, []).append(Completeness(words, fields))
    return by_run
