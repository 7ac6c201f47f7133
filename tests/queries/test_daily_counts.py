"""Figures of the latest days, the same on each engine."""

from datetime import timedelta
from pathlib import Path

from storage.archive import Archive
from storage.queries.article_lists import newest_first
from storage.queries.daily_counts import DAYS, daily_counts
from tests.support.small_archive import NOW
from tests.support.web import reader_archive
from tests.support.web.reader_archive import GONE, REMOVED


def test_the_days_add_up_to_what_the_archive_holds(tmp_path: Path, database_url: str):
    ids = reader_archive.fill(tmp_path / "archive", database_url)
    with Archive.open(tmp_path / "archive", database_url) as archive:
        counts = daily_counts(archive.engine, now=NOW + timedelta(days=3))
        shown = [number for url, number in ids.items() if url != REMOVED]
        assert newest_first(archive.engine, [*ids.values(), 999])[-1] in ids.values()
        assert set(newest_first(archive.engine, shown)) == set(shown)
    assert len(counts.days) == DAYS
    assert sum(counts.by_site["example"]) == len(shown)
    assert counts.by_country == {"EG": counts.by_site["example"]}
    assert (sum(counts.edited), sum(counts.gone)) == (1, 1)
    assert counts.gone[counts.days.index((NOW + timedelta(hours=42)).date())] == 1
    assert GONE in ids
    dated_later = sum(counts.delays)
    assert dated_later == counts.delays[0], "published since the first crawl, and seen within a quarter of an hour"
    assert 0 < dated_later < len(shown)
