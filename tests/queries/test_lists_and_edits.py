"""Lists of articles, edits and captures, page by page, on both databases; and the end of a query that takes too long."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from storage.db.database import open_readonly, read_transaction
from storage.errors import ArchiveError
from storage.filters import Filters
from storage.queries.article_captures import article_captures
from storage.queries.article_lists import article_records, count_articles, newest_articles
from storage.queries.recent_edits import Edit, recent_edits
from storage.queries.site_list import site_titles
from storage.search.facets import count_days
from storage.web.time_limit import is_time_limit, limit_time
from tests.support.web import reader_archive
from tests.support.web.reader_archive import EDITED, GONE, REMOVED

ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n where i < 0"


def test_every_list_gives_each_entry_once_and_nothing_that_was_taken_down(tmp_path: Path, database_url: str):
    folder = tmp_path / "archive"
    ids = reader_archive.fill(folder, database_url)
    engine = open_readonly(folder, database_url)
    shown = {number for url, number in ids.items() if url != REMOVED}

    listed, after = newest_articles(engine, Filters(), limit=4)
    while after is not None:
        more, after = newest_articles(engine, Filters(), limit=4, after=after)
        listed += more
    assert len(listed) == len(shown) == count_articles(engine, Filters())
    assert {each["id"] for each in listed} == shown
    dates = [each["published_at"] for each in listed]
    assert dates == sorted(dates, reverse=True)
    days = count_days(engine, "")
    assert sum(days.values()) == len(shown)
    assert {day.isoformat() for day in days} == {each[:10] for each in dates}
    asked = [ids[GONE], ids[REMOVED], ids[EDITED], 10**9]
    assert [each["id"] for each in article_records(engine, asked)] == [ids[GONE], ids[EDITED]]

    edits: list[Edit] = []
    page = recent_edits(engine, limit=1)
    while True:
        edits += page.edits
        if page.after is None:
            break
        page = recent_edits(engine, limit=1, after=page.after)
    assert [(each.article_id, each.classes) for each in edits] == [
        (ids[GONE], ("gone",)),
        (ids[EDITED], ("headline", "body")),
    ]
    assert recent_edits(engine, classes=("small",)).edits == ()
    assert recent_edits(engine, site="other").edits == ()
    assert recent_edits(engine, site="example", classes=("body",)).edits == (edits[1],)

    captures = article_captures(engine, ids[EDITED])
    assert [each["version"] for each in captures] == [1, 2]
    assert article_captures(engine, ids[REMOVED]) == []
    assert site_titles(engine) == {"example": "المثال"}


def test_a_query_that_takes_too_long_is_ended_by_the_database(tmp_path: Path, database_url: str):
    folder = tmp_path / "archive"
    reader_archive.fill(folder, database_url)
    engine = limit_time(open_readonly(folder, database_url), 0.2)
    with pytest.raises((DBAPIError, ArchiveError)) as ended, read_transaction(engine) as connection:
        connection.execute(text(ENDLESS))
    error = ended.value if isinstance(ended.value, DBAPIError) else ended.value.__cause__
    assert isinstance(error, DBAPIError)
    assert is_time_limit(error)
    assert count_articles(engine, Filters()) > 0, "the connection is still of use"
