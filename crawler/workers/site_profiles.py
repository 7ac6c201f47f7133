"""Site profiles from the articles in the archive. Updated after a run and before a reextraction."""

from datetime import datetime

from sqlalchemy import Engine

from crawler.profile.furniture_lines import recurring_lines
from crawler.profile.site_profile import SiteProfile
from storage.corrections import store_site_lines
from storage.db.database import read_transaction
from storage.rows import profiles

LEAST_ARTICLES = 20  # of a site; fewer may be of one event, or of one writer


def current_profile(engine: Engine, site: str) -> SiteProfile:
    """The profile: the stored lines, and those that the site's articles show now. Writes nothing."""
    with read_transaction(engine) as connection:
        old = profiles.known(connection, site).get(site, frozenset())
        articles = profiles.texts(connection, site)
    new = recurring_lines(articles) if len(articles) >= LEAST_ARTICLES else frozenset()
    return SiteProfile(profiles.merged(new, old))


def update_profile(engine: Engine, site: str, *, now: datetime) -> frozenset[str]:
    """Store the current profile. Returns the lines that were not stored before. now: aware. Raises ArchiveError."""
    lines = current_profile(engine, site).lines
    with read_transaction(engine) as connection:
        old = profiles.known(connection, site).get(site, frozenset())
    if lines != old:
        store_site_lines(engine, {site: lines}, now=now)
    return lines - old
