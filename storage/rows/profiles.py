"""Rows of `learned`: the lines that each site prints around its articles, which are no part of them.

Once lines are known, texts are stored without them and can no longer show them. So known lines stay; the archive holds
at most `MOST_LINES` a site, the latest.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from storage.db.database import insert_into
from storage.db.schema import articles, site_profiles

MOST_LINES = 200
MOST_ARTICLES = 300  # of a site, whose texts are compared: the latest published, and after them the undated ones


def known(connection: Connection, site: str | None = None) -> dict[str, frozenset[str]]:
    """Folded lines by site: of one site, or of all that have any."""
    statement = select(site_profiles.c.site, site_profiles.c.lines)
    if site is not None:
        statement = statement.where(site_profiles.c.site == site)
    return {name: frozenset(lines) for name, lines in connection.execute(statement)}


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


def keep(connection: Connection, lines: Mapping[str, frozenset[str]], *, now: datetime) -> None:
    """Store the lines of these sites, in place of those stored before. now: aware."""
    for site, site_lines in lines.items():
        values = {"lines": sorted(site_lines), "learned_at": now}
        new = insert_into(connection, site_profiles).values(site=site, **values)
        connection.execute(new.on_conflict_do_update(index_elements=["site"], set_=values))
