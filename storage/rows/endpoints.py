"""Rows of `doors`: the addresses of a site's feeds, sitemaps and REST API, and how they fared."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from storage.db.database import insert_into
from storage.db.schema import doors
from storage.records import Door
from storage.sanitise import storable

_LONGEST = 2000  # PostgreSQL refuses index entries past 2,704 bytes


def known(connection: Connection, site: str) -> list[Door]:
    """The site's doors, ordered by channel and URL."""
    columns = (doors.c.channel, doors.c.url, doors.c.asked_at, doors.c.good_at, doors.c.failures)
    statement = select(*columns).where(doors.c.site == site).order_by(doors.c.channel, doors.c.url)
    return [Door(*row) for row in connection.execute(statement)]


def record(connection: Connection, site: str, tried: Iterable[Door]) -> None:
    """Write down how each door fared; one that was never read to its end keeps what is known of it."""
    for door in tried:
        url = storable(door.url)
        if len(url.encode()) > _LONGEST:
            continue
        values = {"asked_at": door.asked_at, "failures": door.failures}
        if door.good_at is not None:
            values["good_at"] = door.good_at
        new = insert_into(connection, doors).values(site=site, channel=door.channel, url=url, **values)
        connection.execute(new.on_conflict_do_update(index_elements=["site", "channel", "url"], set_=values))
