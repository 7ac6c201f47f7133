"""What the archive knows of a site's edits, by its crawls."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import update

from storage.archive import Archive
from storage.db.schema import runs
from storage.revisits import SiteEdits
from storage.rows.runs import edits_of

NOW = datetime(2026, 5, 7, 8, 0, tzinfo=UTC)


def test_the_crawls_of_two_weeks_tell_how_often_a_site_edits(archive: Archive) -> None:
    for days, new, changed in ((20, 50, 50), (10, 40, 8), (1, 20, 7), (0.5, 900, 0)):
        run_id = archive.start_run("example", now=NOW - timedelta(days=days))
        with archive.engine.begin() as connection:
            connection.execute(update(runs).where(runs.c.id == run_id).values(new=new, changed=changed))
    with archive.engine.connect() as connection:
        assert edits_of(connection, "example", now=NOW) == SiteEdits(60, 15), "neither old crawls nor a first one"
        assert edits_of(connection, "other", now=NOW) == SiteEdits()
        late = NOW + timedelta(days=6)
        assert edits_of(connection, "example", now=late) == SiteEdits(), "twenty articles tell nothing"
