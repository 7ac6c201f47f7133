"""Rows of `doors`: the addresses of a site's feeds, sitemaps and REST API, and how they fared."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.db.database import insert_into
from storage.db.schema import endpoints
from storage.records import Endpoint
from storage.sanitise import sanitised

_LONGEST = 2000  # PostgreSQL refuses index entries past 2,704 bytes


def known(connection: Connection, site: str) -> list[Endpoint]:
    """The site's doors, ordered by channel and URL."""
    columns = (endpoints.c.channel, endpoints.c.url, endpoints.c.asked_at, endpoints.c.good_at, endpoints.c.failures)
    statement = select(*columns).where(endpoints.c.site == site).order_by(endpoints.c.channel, endpoints.c.url)
    return [Endpoint(*row) for row in connection.execute(statement)]


def record(connection: Connection, site: str, tried: Iterable[Endpoint]) -> None:
    """Write down how each door fared; one that was never read to its end keeps what is known of it."""
    for endpoint in tried:
        url = sanitised(endpoint.url)
        if len(url.encode()) > _LONGEST:
            continue
        values = {"asked_at": endpoint.asked_at, "failures": endpoint.failures}
        if endpoint.good_at is not None:
            values["good_at"] = endpoint.good_at
        new = insert_into(connection, endpoints).values(site=site, channel=endpoint.channel, url=url, **values)
        connection.execute(new.on_conflict_do_update(index_elements=["site", "channel", "url"], set_=values))
