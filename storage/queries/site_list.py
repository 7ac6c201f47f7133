"""The sites of an archive, as they were declared when they were crawled."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from storage.db.database import read_transaction
from storage.db.schema import sites


@dataclass(frozen=True, slots=True)
class ArchivedSite:
    """title: the newspaper's name, such as "هسبريس"; None: not known. country: ISO 3166 alpha-2, or None."""

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


def site_titles(engine: Engine) -> dict[str, str]:
    """The newspaper's name of each site that has one."""
    return {site.name: site.title for site in archived_sites(engine) if site.title}
