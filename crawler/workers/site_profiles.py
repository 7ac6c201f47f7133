"""What sites print around their articles: learned from what the archive holds, when a run ends and on reading again."""

from datetime import datetime

from sqlalchemy import Engine

from crawler.profile.furniture_lines import learn
from storage.db.database import read_transaction, write_transaction
from storage.rows import profiles

LEAST_ARTICLES = 20  # of a site; fewer may be of one event, or of one writer


def learned_lines(engine: Engine, site: str) -> frozenset[str]:
    """The site's lines: those that are known and those that its articles show now. Nothing is written."""
    with read_transaction(engine) as connection:
        old = profiles.known(connection, site).get(site, frozenset())
        articles = profiles.texts(connection, site)
    new = learn(articles) if len(articles) >= LEAST_ARTICLES else frozenset()
    return profiles.joined(new, old)


def learn_site(engine: Engine, site: str, *, now: datetime) -> frozenset[str]:
    """The same, written down; the lines that were not known before. now: aware. Raises ArchiveError."""
    lines = learned_lines(engine, site)
    with read_transaction(engine) as connection:
        old = profiles.known(connection, site).get(site, frozenset())
    if lines != old:
        with write_transaction(engine) as connection:
            profiles.keep(connection, {site: lines}, now=now)
    return lines - old
