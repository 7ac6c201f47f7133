"""The stored captures to extract again, in batches by id, each with the version from it. Read-only."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any, Literal

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    bindparam,
    exists,
    func,
    select,
    union,
    union_all,
)

from storage.db.schema import Row, articles, captures, pages, runs, sites, versions
from storage.records import Position, Reason, StatedDate
from storage.rows import parts
from storage.rows.discoveries import stated_dates

# First the captures of versions, which may be corrected; then captures without an article, which may have one now.
Phase = Literal["versions", "captures"]
PHASES: tuple[Phase, ...] = ("versions", "captures")

# Reasons that depend on the server, the operator or other pages, which no extraction changes.
_FINAL = tuple(
    reason.value for reason in (Reason.NOT_FOUND, Reason.HTTP_ERROR, Reason.REMOVED, Reason.REPEATED, Reason.CUT_SHORT)
)
_POSITION = (captures.c.warc_file, captures.c.warc_offset, captures.c.warc_length, captures.c.digest)
_VERSION = ("id", "article_id", "number", "title", "subtitle", "text", "details", "content_sha256", "extractor")

_SAMPLED_RUNS = 50
_SAMPLED_CAPTURES = 200  # captures of one run


@dataclass(frozen=True, slots=True)
class Item:
    """One capture to extract again. key: an ascending id within the phase.

    version: id, title, subtitle, text, details, content_sha256, extractor, number and article_id of the version
    extracted from it; None: no article. stated: the publication date that a channel states for its page. parts: the
    further pages of that article, in order.
    """

    key: int
    capture_id: int
    site: str
    position: Position
    url_key: str | None = None
    version: Row | None = None
    stated: StatedDate | None = None
    parts: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """A selection of captures. site: of that site only. since: fetched at that instant (aware) or later. None: any."""

    site: str | None = None
    since: datetime | None = None

    def narrow(self, statement: Select[Any]) -> Select[Any]:
        """Add the conditions of the selection to a statement over `captures`."""
        if self.site is not None:
            statement = statement.where(captures.c.site == self.site)
        if self.since is not None:
            statement = statement.where(captures.c.fetched_at >= self.since)
        return statement


def count(connection: Connection, choice: Choice) -> int:
    """The number of captures to extract again, in all phases."""
    chosen = (choice.narrow(each.with_only_columns(func.count())) for each in (_versions(), _unread()))
    return sum(connection.scalar(each) or 0 for each in chosen)


def batch(connection: Connection, phase: Phase, choice: Choice, *, after: int, limit: int) -> list[Item]:
    """The next captures of a phase, by key, after the key `after`."""
    if phase == "versions":
        statement = choice.narrow(_versions()).where(versions.c.id > after).order_by(versions.c.id)
        return _of_versions(connection, statement.limit(limit))
    statement = choice.narrow(_unread()).where(captures.c.id > after).order_by(captures.c.id)
    rows = connection.execute(statement.limit(limit)).all()
    stated = stated_dates(connection, [row[-1] for row in rows])
    return [Item(row.id, row.id, row.site, Position(*row[2:-1]), stated=stated.get(row[-1])) for row in rows]


def outdated(connection: Connection, url_keys: list[str], extractor: str) -> list[Item]:
    """The current versions of the articles at these URL keys that another extractor made and that have captures."""
    return _of_versions(connection, _outdated_at(), {"keys": sorted(set(url_keys)), "extractor": extractor})


def is_known(connection: Connection, url_keys: Collection[str]) -> bool:
    """Whether an article has one of these URL keys, or a page with one shows an article. False for most new pages."""
    return connection.scalar(_any_at(), {"keys": sorted(url_keys)}) is not None


def outdated_among(connection: Connection, article_ids: Sequence[int], extractor: str) -> list[Item]:
    """As `outdated`, for the articles with these ids."""
    return _of_versions(connection, _outdated(articles.c.id.in_(article_ids)), {"extractor": extractor})


# Cached, since a crawl runs these for its pages.
@cache
def _any_at() -> Select[Any]:
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    shown = select(pages.c.article_id).where(pages.c.url_key.in_(keys), pages.c.article_id.is_not(None))
    return select(union_all(select(articles.c.id).where(articles.c.url_key.in_(keys)), shown).subquery()).limit(1)


@cache
def _outdated_at() -> Select[Any]:
    return _outdated(_shown_at())


@cache
def _current_at() -> Select[Any]:
    return _versions().where(_shown_at(), versions.c.number == articles.c.version).limit(1)


def _shown_at() -> ColumnElement[bool]:
    """The condition for articles with one of the `keys`, and those that pages with these keys show."""
    keys: BindParameter[Any] = bindparam("keys", expanding=True)
    own = select(articles.c.id).where(articles.c.url_key.in_(keys))
    return articles.c.id.in_(union(own, select(pages.c.article_id).where(pages.c.url_key.in_(keys))))


def _outdated(chosen: ColumnElement[bool]) -> Select[Any]:
    # If an article returned to an earlier text, that text's capture may be its only one.
    last = versions.alias()
    repeated = exists().where(
        last.c.article_id == articles.c.id,
        last.c.number == articles.c.version,
        last.c.capture_id.is_(None),
        last.c.content_sha256 == versions.c.content_sha256,
    )
    return _versions().where(
        chosen,
        versions.c.extractor != bindparam("extractor"),
        (versions.c.number == articles.c.version) | repeated,
    )


def current(connection: Connection, key: str) -> Item | None:
    """The current version of the article shown at this URL; None if the version has no capture."""
    return next(iter(_of_versions(connection, _current_at(), {"keys": [key]})), None)


def article_sample(connection: Connection, site: str, *, most: int, since: datetime | None = None) -> list[Position]:
    """The positions of the latest captures of a site's articles, latest first, one of each article.

    Only captures of the site's last runs, with an article and their own bytes. since: fetched then (aware) or later.
    """
    chosen: dict[int, Position] = {}
    own = runs.c.site == site
    latest = select(runs.c.id).where(own).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(_SAMPLED_RUNS)
    for run_id in connection.scalars(latest).all():
        statement = (
            select(pages.c.article_id, *_POSITION)
            .join_from(captures, pages, pages.c.url_key == captures.c.url_key)
            .join(articles, articles.c.id == pages.c.article_id)
            .where(
                captures.c.run_id == run_id,
                captures.c.reason.is_(None),
                captures.c.refers_to.is_(None),
                captures.c.status < 300,
                pages.c.kind == "article",
                articles.c.status != "removed",
            )
            .order_by(captures.c.id.desc())
            .limit(_SAMPLED_CAPTURES)
        )
        if since is not None:
            statement = statement.where(captures.c.fetched_at >= since)
        for article_id, *position in connection.execute(statement):
            if len(chosen) < most:
                chosen.setdefault(article_id, Position(*position))
        if len(chosen) >= most:
            break
    return list(chosen.values())


def known_sites(connection: Connection) -> list[Row]:
    """The name, home, title, country and timezone of each site of the archive."""
    columns = (sites.c.name, sites.c.home, sites.c.title, sites.c.country, sites.c.timezone)
    return [dict(row._mapping) for row in connection.execute(select(*columns))]


def _versions() -> Select[Any]:
    about = (versions.c[name] for name in _VERSION)
    return (
        select(versions.c.capture_id, captures.c.site, *_POSITION, *about, captures.c.url_key, articles.c.url_key)
        .join_from(versions, captures, captures.c.id == versions.c.capture_id)
        .join(articles, articles.c.id == versions.c.article_id)
        .where(articles.c.status != "removed")
    )


def _unread() -> Select[Any]:
    return (
        select(captures.c.id, captures.c.site, *_POSITION, captures.c.url_key)
        .join_from(captures, pages, pages.c.url_key == captures.c.url_key)
        .where(
            captures.c.reason.is_not(None),
            captures.c.reason.not_in(_FINAL),
            captures.c.status < 400,
            captures.c.refers_to.is_(None),
            pages.c.kind == "article",
        )
    )


def _of_versions(connection: Connection, statement: Select[Any], values: Row | None = None) -> list[Item]:
    rows = connection.execute(statement, values or {}).all()
    if not rows:
        return []
    stated = stated_dates(connection, [key for row in rows for key in row[-2:]])
    items = [_of_version(row, stated.get(row[-1]) or stated.get(row[-2])) for row in rows]
    further = parts.by_version(connection, [item.key for item in items])
    return [replace(item, parts=tuple(map(_position, further.get(item.key, ())))) for item in items]


def _position(row: Row) -> Position:
    return Position(row["warc_file"], row["warc_offset"], row["warc_length"], row["digest"])


def _of_version(row: Any, stated: StatedDate | None) -> Item:
    capture_id, site, *position_and_version, _, key = row
    version = dict(zip(_VERSION, position_and_version[len(_POSITION) :], strict=True))
    return Item(
        version["id"], capture_id, site, Position(*position_and_version[: len(_POSITION)]), key, version, stated
    )
