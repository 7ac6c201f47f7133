"""The sites of an archive, as they were declared when they were crawled."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from storage.db.database import read_transaction
from storage.db.schema import site_profiles, sites
from storage.records import date_json


@dataclass(frozen=True, slots=True)
class ArchivedSite:
    """title: the newspaper's name, such as "هسبريس"; None: unknown. country: ISO 3166 alpha-2, or None."""

    name: str
    home: str
    title: str | None
    country: str | None
    timezone: str


def archived_sites(engine: Engine) -> list[ArchivedSite]:
    """All sites, by name."""
    columns = (sites.c.name, sites.c.home, sites.c.title, sites.c.country, sites.c.timezone)
    with read_transaction(engine) as connection:
        return [ArchivedSite(*row) for row in connection.execute(select(*columns).order_by(sites.c.name))]


@dataclass(frozen=True, slots=True)
class ProfileSummary:
    """What was learned about a site's pages from its articles. learned_at: ISO 8601; None: not yet. lines: folded."""

    learned_at: str | None = None
    templates: int = 0
    pages: int = 0
    redesigns: int = 0
    lines: tuple[str, ...] = ()


def profile_summary(engine: Engine, site: str) -> ProfileSummary:
    """The figures of one site's profile."""
    with read_transaction(engine) as connection:
        row = connection.execute(select(site_profiles).where(site_profiles.c.site == site)).first()
    if row is None:
        return ProfileSummary()
    templates = len(row.profile.get("templates", ()))
    redesigns = max(row.generation - 1, 0)
    return ProfileSummary(date_json(row.learned_at), templates, row.pages, redesigns, tuple(sorted(row.lines)))


def site_titles(engine: Engine) -> dict[str, str]:
    """The newspaper's name of each site that has one."""
    return {site.name: site.title for site in archived_sites(engine) if site.title}
