"""Rows of `learned`: the profile of each site, as plain values.

Texts are stored without known boilerplate lines, so these lines can't be learned from texts again. So known lines are
kept, at most the latest `MOST_LINES` a site.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, select

from storage.db.database import insert_into
from storage.db.schema import Row, articles, site_profiles
from storage.sanitise import all_sanitised

MOST_LINES = 200
MOST_ARTICLES = 300  # articles of a site whose texts are compared: the latest published, then undated ones


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A site's profile. Fields as the columns of `learned`; forgotten lines are in no other field.

    profile: JSON values of crawler.profile.site_profile, without its lines. learned_at: None if it is not stored.
    """

    lines: frozenset[str] = frozenset()
    profile: Row = field(default_factory=dict)
    generation: int = 0
    pages: int = 0
    fingerprint: str | None = None
    began_at: datetime | None = None
    forgotten: frozenset[str] = frozenset()
    learned_at: datetime | None = None


def known(connection: Connection, site: str) -> StoredProfile:
    """The site's stored profile, or an empty one."""
    row = connection.execute(select(site_profiles).where(site_profiles.c.site == site)).mappings().first()
    if row is None:
        return StoredProfile()
    values = {name: row[name] for name in StoredProfile.__slots__}
    return StoredProfile(**values | {name: frozenset(row[name]) for name in ("lines", "forgotten")})


def texts(connection: Connection, site: str) -> list[list[str]]:
    """The paragraphs of the site's latest articles, as stored."""
    statement = (
        select(articles.c.text)
        .where(articles.c.site == site, articles.c.status != "removed")
        .order_by(articles.c.published_at.desc().nulls_last(), articles.c.id.desc())
        .limit(MOST_ARTICLES)
    )
    return [text.split("\n\n") for (text,) in connection.execute(statement)]


def merged(new: Iterable[str], old: Iterable[str]) -> frozenset[str]:
    """All lines, at most MOST_LINES, the new ones first."""
    lines = dict.fromkeys([*sorted(new), *sorted(old)])
    return frozenset(list(lines)[:MOST_LINES])


def keep(connection: Connection, site: str, profile: StoredProfile, *, now: datetime) -> None:
    """Store a site's profile, replacing the one before. now: aware."""
    values = {name: getattr(profile, name) for name in StoredProfile.__slots__}
    values |= {"lines": sorted(profile.lines), "forgotten": sorted(profile.forgotten), "learned_at": now}
    values["profile"] = all_sanitised(profile.profile)
    new = insert_into(connection, site_profiles).values(site=site, **values)
    connection.execute(new.on_conflict_do_update(index_elements=["site"], set_=values))
