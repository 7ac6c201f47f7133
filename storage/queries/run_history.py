"""What the runs of a site did, as health compares them: counts, reasons, and how whole their new articles are.

Nothing here writes, and nothing here judges (crawler.health.verdicts does).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Text, cast, select

from storage.db.database import read_transaction
from storage.db.schema import articles, captures, runs, versions

MOST_RUNS = 1500  # two months of hourly runs
MOST_ARTICLES = 2000  # new ones that are looked at, newest first
FIELDS = ("published_at", "authors", "section", "image")


@dataclass(frozen=True, slots=True)
class Completeness:
    """How whole one new article is: words of its text, and which of FIELDS it has."""

    words: int
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class RunRecord:
    """One run of a site that is over. Instants aware. found: storage.db.schema's runs.found, {} when not known.

    whole: of the articles that it brought, as they are now; () for runs further back than are looked at.
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
    whole: tuple[Completeness, ...] = field(default=())


def crawled_sites(engine: Engine) -> list[str]:
    """Names of the sites that were ever crawled."""
    with read_transaction(engine) as connection:
        return list(connection.scalars(select(runs.c.site).distinct().order_by(runs.c.site)))


def run_records(engine: Engine, site: str) -> list[RunRecord]:
    """The site's runs that are over, newest first, at most MOST_RUNS."""
    over = select(runs).where(runs.c.site == site, runs.c.status != "running")
    newest = over.order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(MOST_RUNS)
    with read_transaction(engine) as connection:
        rows = connection.execute(newest).all()
        whole = _completeness(connection, [row.id for row in rows if row.new])
    return [_record(row, whole.get(row.id, [])) for row in rows]


def _record(row: Row[Any], whole: list[Completeness]) -> RunRecord:
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
        whole=tuple(whole),
    )


def _completeness(connection: Connection, run_ids: Iterable[int]) -> dict[int, list[Completeness]]:
    """By run. An article is new in the run whose capture is that of its first version."""
    wanted = list(run_ids)[:200]
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
        .where(captures.c.run_id.in_(wanted), versions.c.number == 1, articles.c.status != "removed")
        .order_by(captures.c.run_id.desc(), captures.c.id.desc())
        .limit(MOST_ARTICLES)
    )
    found: dict[int, list[Completeness]] = {}
    for run_id, words, *has in connection.execute(statement):
        fields = frozenset(name for name, there in zip(FIELDS, has, strict=True) if there)
        found.setdefault(run_id, []).append(Completeness(words, fields))
    return found
