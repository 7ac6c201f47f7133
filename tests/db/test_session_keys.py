"""An archive whose keys still have readers' sessions opens with the keys of now."""

from pathlib import Path

import pytest
from sqlalchemy import text

from storage.db.database import read_transaction, upgrade, write_transaction
from tests.support.revisions import FILLED, at_revision

SESSION = "example.com/1;jsessionid=0001"
FREE, TAKEN = "example.com/2?PHPSESSID=abc", SESSION


def test_keys_lose_their_sessions_and_a_page_that_two_keys_had_is_one(
    tmp_path: Path, bare_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "archive").mkdir()
    engine = at_revision(bare_database_url, "0025", monkeypatch)
    page = (
        "insert into pages (url_key, url, site, kind, state, article_id, found_at, failures) values "
        "('{key}', 'https://{key}', 'example', 'article', 'done', {article}, '2026-05-07 08:00:00', 0)"
    )
    with write_transaction(engine) as connection:
        for statement in FILLED:
            connection.execute(text(statement))
        connection.execute(text("update pages set article_id = null"))
        connection.execute(text(page.format(key=TAKEN, article=5)))
        connection.execute(text(page.format(key=FREE, article="null")))
        connection.execute(text(f"update captures set url_key = '{SESSION}'"))
        for channel in ("feed", "rest"):
            connection.execute(
                text(
                    "insert into sightings (url_key, channel, site, seen_at) values "
                    f"('{FREE}', '{channel}', 'example', '2026-05-07 08:00:00')"
                )
            )
    upgrade(engine)
    with read_transaction(engine) as connection:
        pages = connection.execute(text("select url_key, article_id from pages order by url_key"))
        assert [tuple(row) for row in pages] == [("example.com/1", 5), ("example.com/2", None)]
        assert connection.scalar(text("select url_key from captures")) == "example.com/1"
        sightings = connection.execute(text("select url_key, channel from sightings order by channel"))
        assert [tuple(row) for row in sightings] == [("example.com/2", "feed"), ("example.com/2", "rest")]
    engine.dispose()
